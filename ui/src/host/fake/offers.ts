/** What sites say that they have to publish with, in the host in memory. */
import type { SiteProbeView } from '../contract';

type SiteOffers = Pick<SiteProbeView, 'postTypes' | 'taxonomies' | 'authors' | 'seoPlugins' | 'seoPaths'>;

/** What a WordPress with a plugin for search results has. */
export const WORDPRESS_OFFERS: SiteOffers = {
  postTypes: [
    { id: 'page', name: 'Pages' },
    { id: 'post', name: 'Posts' },
  ],
  taxonomies: [
    { id: 'category', name: 'Categories' },
    { id: 'post_tag', name: 'Tags' },
  ],
  authors: [{ id: '1', name: 'editor' }],
  seoPlugins: ['Yoast SEO'],
  seoPaths: [
    { postType: 'post', way: 'yoast_fields' },
    { postType: 'page', way: 'excerpt' },
  ],
};

/** A folder has files and nothing else. */
export const NO_OFFERS: SiteOffers = { postTypes: [], taxonomies: [], authors: [], seoPlugins: [], seoPaths: [] };
