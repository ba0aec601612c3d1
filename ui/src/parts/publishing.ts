/** Which articles may go out now: approved, neither on the site as they are here nor on their way; and why one did not arrive. */
import i18next from 'i18next';
import { idsMatching } from '../data/chosen';
import { wordsOf } from '../data/faults';
import type { Commands, ContentRow, DeliveryFailure, ListFilter } from '../host';
import type { Selection } from '../kit/table/types';

/** Delivery states that a delivery can start from. What is on its way can only while it waits after a failure. */
/** Failures that a passage of the text can be the reason of. */
export const REFUSALS: readonly string[] = ['html_instead_of_json', 'rejected', 'forbidden'];

export const WAITING: readonly string[] = ['not_published', 'scheduled', 'failed', 'publishing'];

/** What is asked to go out. */
export type PublishRequest = {
  ids: readonly string[];
  /** Of those whose titles are known. */
  titles: readonly string[];
  /** How many of them are known to be outlines, with notes to the writer in their text. */
  outlines: number;
  /** Their posts are missing on the site, and new ones are wanted. */
  anew?: boolean;
};

type Standing = Pick<ContentRow, 'status' | 'delivery' | 'waits' | 'isBehind' | 'isImported'>;

export function isPublishable({ status, delivery, waits, isBehind, isImported }: Standing): boolean {
  const isWaiting = WAITING.includes(delivery) && (delivery !== 'publishing' || hasFailed(waits));
  return status === 'approved' && (isWaiting || isBehind) && !isImported;
}

/** It was tried, and is tried again by itself. */
function hasFailed(waits: ContentRow['waits']): boolean {
  return waits !== null && waits.code !== '';
}

/** Why a delivery failed, with what the site said beside it. */
export function deliveryWords({ host, code, note }: Pick<DeliveryFailure, 'host' | 'code' | 'note'>): string {
  const why = wordsOf({ code: 'Site', detail: { host, failure: code, note } }).what;
  return note === '' ? why : i18next.t('notices.siteSaid', { why, note });
}

/** Its post was public and is in the trash of the site or gone. */
export function isPostMissing({ delivery, failure }: Pick<ContentRow, 'delivery' | 'failure'>): boolean {
  return (delivery === 'failed' || delivery === 'not_published') && failure?.postIsMissing === true;
}

/** What publishing one article asks. */
export function requestOf({ id, title, isOutline }: Pick<ContentRow, 'id' | 'title' | 'isOutline'>): PublishRequest {
  return { ids: [id], titles: [title], outlines: isOutline ? 1 : 0 };
}

/** On the site or on its way there: it cannot be pulled back from here. */
export function isDelivered({ delivery }: Pick<ContentRow, 'delivery'>): boolean {
  return delivery === 'published' || delivery === 'publishing';
}

/** The articles of a choice that may go out; "all that match" is read from the host. */
export async function publishable(
  commands: Commands,
  selection: Selection,
  filter: ListFilter,
  loaded: readonly ContentRow[],
): Promise<PublishRequest> {
  const titles = new Map(loaded.map((row) => [row.id, row.title]));
  const onTheirWay = new Set(loaded.filter((row) => !isPublishable(row)).map(({ id }) => id));
  const ids = selection.all
    ? (await idsWaiting(commands, filter)).filter((id) => !selection.except.has(id) && !onTheirWay.has(id))
    : loaded.filter((row) => selection.ids.has(row.id) && isPublishable(row)).map(({ id }) => id);
  const outlines = new Set(loaded.filter(({ isOutline }) => isOutline).map(({ id }) => id));
  return {
    ids,
    titles: ids.flatMap((id) => titles.get(id) ?? []),
    outlines: ids.filter((id) => outlines.has(id)).length,
  };
}

/** The filter may itself ask for states of delivery; of those only some can go out, or none. */
async function idsWaiting(commands: Commands, filter: ListFilter): Promise<string[]> {
  const asked = filter.delivery ?? [];
  const delivery = WAITING.filter((word) => asked.length === 0 || asked.includes(word));
  if (delivery.length === 0) return [];
  return idsMatching(commands, 'contents', { ...filter, status: ['approved'], delivery });
}
