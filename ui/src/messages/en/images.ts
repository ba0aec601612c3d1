/** Words of the images page. */
export const images = {
  empty: 'Articles stand here with their images once those are described, with what is still to be made.',
  emptyAction: 'Go to the drafts',
  column: {
    article: 'Article',
    featured: 'Featured',
    inArticle: 'In the article',
    state: 'State',
    updated: 'Changed',
  },
  filter: { status: 'Images', allStatuses: 'All images' },
  state: '{{count}} {{status}}',
  act: {
    open: 'Look at the images',
    read: 'Read the article',
    retry: 'Try failed images again',
    makeMissing: 'Make missing images',
    againAll: 'Make all images again',
  },
  drawer: {
    choose: 'Choose {{name}}',
    chooseAll: 'Choose all',
    remove: 'Remove',
    removed_one: 'Removed {{count}} image from its article.',
    removed_other: 'Removed {{count}} images from their article.',
    chosen_one: '{{count}} chosen',
    chosen_other: '{{count}} chosen',
    hint: 'Choose the pictures to be made again or removed. Open one to change what it shows.',
  },
  fact: { ready: 'Ready', waiting: 'Waiting', failed: 'Failed' },
  facts: 'Images of the site',
};
