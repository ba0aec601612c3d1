/** Words of topics that repeat themselves, and of passages that a site refuses. */
export const repeats = {
  column: 'Topic',
  columnHint:
    'Whether the site has an article on the same topic already. Two of them stand in each other’s way in search results.',
  badge: 'Repeats',
  open: 'Open it',
  hadBefore: 'The site already had “{{title}}”.',
  ours: 'There is “{{title}}” already.',
  by: {
    title: 'The title is the same.',
    keyword: 'It is for the same keyword.',
    address: 'It would have the same address.',
    words: 'The titles have nearly all words in common.',
  },
};

export const passages = {
  lead: 'A firewall in front of the site refuses the text. Igny8 can find out which passage: it tries parts of the text in a draft that is never public and is taken away afterwards.',
  find: 'Find the passage',
  again: 'Search again',
  running_one: 'Searching: {{count}} text tried',
  running_other: 'Searching: {{count}} texts tried',
  none: 'The site takes the whole text as a draft. What it refuses is something else: a picture, or that the post is made public.',
  found_one: 'The site refuses this passage:',
  found_other: 'The site refuses these {{count}} passages:',
  markup: 'Its words alone are taken; the markup is not.',
  cutShort: 'There may be more.',
  advice: 'Word it otherwise, or have the firewall allow it, then publish again.',
  stopped: 'The search was stopped.',
  place: {
    title: 'Title',
    excerpt: 'Summary',
    meta_title: 'Title for search results',
    meta_description: 'Description for search results',
    body: 'Text',
  },
};
