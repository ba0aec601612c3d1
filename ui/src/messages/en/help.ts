/** The bundled help page. */
export const help = {
  lead: 'Igny8 turns keyword exports into illustrated, reviewed articles on your sites, and tells you what each one cost.',
  pathTitle: 'The path of an article',
  path: {
    site: 'Add a site: a WordPress site, or a folder on this computer.',
    keywords: 'Import keywords from a CSV file of your research tool.',
    clusters: 'Group keywords into clusters; each cluster becomes a topic.',
    ideas: 'Make ideas from clusters and choose the ones worth writing.',
    drafts: 'Write drafts, make their images and read them.',
    review: 'Approve what is good. Publishing ends with a receipt read back from the site.',
  },
  moneyTitle: 'What things cost',
  money:
    'Every AI action shows its credits, what the provider bills, and what is left, before you click. Credits are held while the work runs and charged once the result is stored; a call that leaves no result costs no credits. Limits and the switch that stops all paid work are on the credits page; where it all went is on the usage page.',
  offlineTitle: 'Without a network',
  offline:
    'The built-in engine clusters, plans, outlines and draws images on this computer, with no account and no key. Publishing to a site needs the network: what could not be sent is marked and can be sent again.',
  keysTitle: 'Keyboard',
  keys: 'Press ? on any page to see the shortcuts.',
};
