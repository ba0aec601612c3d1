/** Words of notices: what happened while one was looking elsewhere, one sentence each. */
export const notices = {
  unknown: 'Something happened that this version has no words for: {{type}}.',
  work: {
    success: '{{doing}}: {{made}}',
    partial: '{{doing}}: {{made}}, {{failed}} of {{total}} steps failed',
    failed: '{{doing}} failed. {{why}}',
    stopped: '{{doing}} was stopped: {{made}}',
    endedEarly: '{{doing}} stopped: {{made}}. {{why}}',
  },
  interrupted_one:
    'Igny8 was closed or crashed while it was at work for {{site}}: {{amount}} step waits, with {{held}} credits held. Go on or give up.',
  interrupted_other:
    'Igny8 was closed or crashed while it was at work for {{site}}: {{amount}} steps wait, with {{held}} credits held. Go on or give up.',
  content_published: 'Published “{{title}}”',
  publish_failed: '“{{title}}” could not be published. {{why}}',
  update_failed: '“{{title}}” is published, but could not be brought up to date. {{why}}',
  site_down:
    '{{host}} does not answer. What is to go there waits in the outbox, and goes out by itself when it is back.',
  post_published: '“{{title}}” was published on {{host}}.',
  post_unpublished: '“{{title}}” was taken off {{host}}.',
  post_trashed: '“{{title}}” was put into the trash on {{host}}.',
  post_deleted: '“{{title}}” was deleted on {{host}}.',
  post_rescheduled: '“{{title}}” has another date on {{host}}: {{after}}.',
  post_retitled: '“{{before}}” is called “{{after}}” on {{host}} now, and here too.',
  post_moved: '“{{title}}” has another address on {{host}}: {{after}}',
  post_edited: 'Somebody has changed “{{title}}” on {{host}}. Decide what is kept.',
  site_changed: '{{count}} articles were changed on {{host}}. The lists show how they stand.',
  posts_taken_in_one: 'Took in the posts of {{host}}: {{count}} is new.',
  posts_taken_in_other: 'Took in the posts of {{host}}: {{count}} are new.',
  posts_not_taken_in: 'The posts of {{host}} could not all be taken in. {{why}}',
  siteSaid: '{{why}} It said: {{note}}.',
  credits_low: 'Credits run low: {{available}} are left.',
  credits_exhausted: 'The credits did not last: {{available}} are left.',
  credits_shortfall: 'A call cost {{credits}} credits more than was held for it. They were not taken from the balance.',
  someVendor: 'A provider',
  usage_disbelieved:
    '{{vendor}} reported {{said}} tokens for one call, which is more than it can have used. {{booked}} were booked instead, as an estimate.',
  cost_disbelieved:
    '{{vendor}} reported a cost of {{said}} for one call, where {{expected}} was expected. No call costs that: {{booked}} was booked instead, as an estimate. Compare it with the bill.',
  cost_unexpected:
    '{{vendor}} reported a cost of {{said}} for one call, where {{expected}} was expected. It was booked as reported: compare it with the bill, and the prices on the Models page with those of the provider.',
  model_ends_soon: '{{model}}, which is in use, ends on {{day}}.',
  model_ended: '{{model}}, which is in use, ended on {{day}}: what asks it is refused.',
  model_ended_someday: '{{model}}, which is in use, has ended: what asks it is refused.',
  model_successor: 'Switch to {{successor}} on the Models page.',
  keywords_imported: 'Imported {{file}}: {{added}} new keywords, {{updated}} known ones',
};
