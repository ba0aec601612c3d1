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
  content_published: 'Published “{{title}}”',
  publish_failed: '“{{title}}” could not be published. {{why}}',
  siteSaid: '{{why}} It said: {{note}}.',
  credits_low: 'Credits run low: {{available}} are left.',
  credits_exhausted: 'The credits did not last: {{available}} are left.',
  credits_shortfall: 'A call cost {{credits}} credits more than was held for it. They were not taken from the balance.',
  usage_disbelieved:
    'A provider reported {{said}} tokens for one call, which is more than it can have used. {{booked}} were booked instead, as an estimate.',
  keywords_imported: 'Imported {{file}}: {{added}} new keywords, {{updated}} known ones',
};
