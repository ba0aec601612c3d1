/** Words of the notifications page. */
export const notifications = {
  empty:
    'What happened while you were elsewhere stands here: work that ended, articles that went out, things that need you.',
  emptyAction: 'Go to the dashboard',
  column: { severity: 'Kind', what: 'What happened', site: 'Site', when: 'When', read: 'Read' },
  filter: {
    status: 'Read',
    allStatuses: 'Read and unread',
    unread: 'Unread',
    severity: 'Kind',
    allSeverities: 'All kinds',
    site: 'Site',
    allSites: 'All sites',
  },
  act: { open: 'Open', markRead: 'Mark as read', markAll: 'Mark all as read', remove: 'Remove' },
  unread: 'Unread',
  removed_one: 'Removed {{amount}} notification.',
  removed_other: 'Removed {{amount}} notifications.',
  factsOf: 'All notices',
  facts: { unread: 'Unread' },
};
