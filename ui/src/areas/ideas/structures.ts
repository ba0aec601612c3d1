/** The fourteen ways an article can be built, by the type of page they make. */
import type { status } from '../../messages/en/status';

type ContentType = keyof typeof status.contentType;
type Structure = keyof typeof status.structure;

export const STRUCTURES: Record<ContentType, readonly Structure[]> = {
  post: ['article', 'guide', 'comparison', 'review', 'listicle'],
  page: ['landing_page', 'business_page', 'service_page', 'general', 'cluster_hub'],
  product: ['product_page'],
  taxonomy: ['category_archive', 'tag_archive', 'attribute_archive'],
};
