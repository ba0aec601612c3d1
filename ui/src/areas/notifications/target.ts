/** Where a notice leads: to the work, the article or the site it is about. */
import type { NotificationRow } from '../../host';

export type Target = { to: string; params?: never; search?: never };

type Notice = Pick<NotificationRow, 'notificationType' | 'operationId' | 'relatedType' | 'relatedId' | 'siteId'> &
  Partial<Pick<NotificationRow, 'params'>>;

/** Pages that kinds of notices are about, whatever they were about in particular. */
const PAGE_OF: Readonly<Record<string, { to: string; tab?: string } | undefined>> = {
  credits_low: { to: '/credits' },
  credits_exhausted: { to: '/credits' },
  credits_shortfall: { to: '/credits' },
  budget_reached: { to: '/credits' },
  usage_disbelieved: { to: '/usage' },
  cost_disbelieved: { to: '/usage' },
  cost_unexpected: { to: '/usage' },
  cost_unreadable: { to: '/usage' },
  // What waits is gone on with, or given up, where the pipeline of the site stands.
  interrupted: { to: '/automation' },
  site_down: { to: '/outbox' },
  publish_missed: { to: '/calendar' },
  schedule_kept: { to: '/calendar' },
  automation_started: { to: '/automation' },
  automation_completed: { to: '/automation' },
  automation_failed: { to: '/automation' },
  automation_paused: { to: '/automation' },
  automation_resumed: { to: '/automation' },
  automation_cancelled: { to: '/automation' },
  automation_skipped: { to: '/automation' },
  automation_missed: { to: '/automation' },
  work_not_paused: { to: '/automation' },
  work_not_resumed: { to: '/automation' },
  model_ends_soon: { to: '/models' },
  model_ended: { to: '/models' },
  provider_key_invalid: { to: '/models', tab: 'providers' },
  provider_rate_limited: { to: '/models', tab: 'providers' },
  system_update: { to: '/help' },
};

/** Pages of what is several, where a notice names none in particular. */
const LIST_OF: Readonly<Record<string, { to: string; tab?: string } | undefined>> = {
  content_ready_review: { to: '/review' },
  content_held: { to: '/review' },
  content_approved: { to: '/review', tab: 'approved' },
  auto_approved: { to: '/review', tab: 'approved' },
  content_scheduled: { to: '/calendar' },
  keywords_imported: { to: '/keywords' },
};

/** Null when there is nothing to go to. The site of the notice is chosen on the way. */
export function targetOf(notice: Notice): Target | null {
  const { notificationType, operationId, relatedType, relatedId, siteId, params } = notice;
  const site = siteId === null ? {} : { site: siteId };
  const run = params?.find(({ name }) => name === 'run')?.value;
  if (run !== undefined) return { to: '/automation/runs/$id', params: { id: run } as never, search: site as never };
  if (operationId !== null) return { to: '/operations', search: { ...site, open: operationId } as never };
  const page = PAGE_OF[notificationType];
  if (page !== undefined) return at(page, site);
  if (relatedType === 'content' && relatedId !== null) {
    const to = notificationType === 'post_edited' ? '/articles/$id/conflict' : '/articles/$id';
    return { to, params: { id: relatedId } as never, search: site as never };
  }
  if (notificationType === 'schedule_moved' && siteId !== null)
    return { to: '/sites', search: { ...site, open: `${siteId}/schedule` } as never };
  const list = LIST_OF[notificationType];
  if (list !== undefined) return at(list, site);
  if (siteId !== null) return { to: '/sites', search: { ...site, open: siteId } as never };
  return null;
}

function at({ to, tab }: { to: string; tab?: string }, site: { site?: string }): Target {
  return { to, search: { ...site, ...(tab === undefined ? {} : { tab }) } as never };
}
