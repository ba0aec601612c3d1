/** Words of the drafts page: articles being made, and the queue of those to be written. */
export const drafts = {
  tabs: 'Drafts and queue',
  tab: { drafts: 'Drafts', queue: 'Queue' },
  empty: 'Articles stand here once they are written: their images are made here, then they go to review.',
  emptyAction: 'Go to the ideas',
  queueEmpty: 'Ideas that you queue wait here until they are written.',
  failedImages: 'See failed images',
  column: { target: 'Words', targetHint: 'Words to aim for', queued: 'Queued', status: 'Status', why: 'Why it failed' },
  write: 'Write',
  retry: 'Try again',
  remove: 'Take out of the queue',
  removed_one: 'Took {{amount}} idea out of the queue.',
  removed_other: 'Took {{amount}} ideas out of the queue.',
  fact: { drafts: 'Drafts', review: 'In review', queued: 'Queued', failed: 'Failed', images: 'Images' },
  facts: 'Writer',
  writing: 'Being written: {{title}}',
};
