/** Where a notice leads: to the work, the article or the site it is about. */
import type { NotificationRow } from '../../host';

export type Target = { to: string; params?: never; search?: never };

type Notice = Pick<NotificationRow, 'notificationType' | 'operationId' | 'relatedType' | 'relatedId' | 'siteId'>;

/** Notices about spending, which is looked at in one place. */
const OF_CREDITS: ReadonlySet<string> = new Set([
  'credits_low',
  'credits_exhausted',
  'credits_shortfall',
  'budget_reached',
]);

/** Notices about what a vendor says of a call, which is looked at among what was used. */
const OF_USAGE: ReadonlySet<string> = new Set(['usage_disbelieved', 'cost_disbelieved', 'cost_unexpected']);

/** Notices about models in use that end. */
const OF_MODELS: ReadonlySet<string> = new Set(['model_ends_soon', 'model_ended']);

/** Null when there is nothing to go to. The site of the notice is chosen on the way. */
export function targetOf({ notificationType, operationId, relatedType, relatedId, siteId }: Notice): Target | null {
  const site = siteId === null ? {} : { site: siteId };
  if (operationId !== null) return { to: '/operations', search: { ...site, open: operationId } as never };
  if (OF_CREDITS.has(notificationType)) return { to: '/credits', search: site as never };
  if (OF_USAGE.has(notificationType)) return { to: '/usage', search: site as never };
  // What waits is gone on with, or given up, where the pipeline of the site stands.
  if (notificationType === 'interrupted') return { to: '/', search: site as never };
  if (notificationType === 'site_down') return { to: '/outbox' };
  if (OF_MODELS.has(notificationType)) return { to: '/models', search: site as never };
  if (notificationType === 'post_edited' && relatedId !== null)
    return { to: '/articles/$id/conflict', params: { id: relatedId } as never, search: site as never };
  if (relatedType === 'content' && relatedId !== null)
    return { to: '/articles/$id', params: { id: relatedId } as never, search: site as never };
  if (notificationType === 'keywords_imported' && siteId !== null) return { to: '/keywords', search: site as never };
  if (siteId !== null) return { to: '/sites', search: { ...site, open: siteId } as never };
  return null;
}
