/** Words of the page of what is on the site. */
export const published = {
  empty: 'What is public on {{site}} stands here, each with the proof that it arrived.',
  emptyAction: 'Go to what is approved',
  column: { at: 'Published', address: 'Address' },
};
