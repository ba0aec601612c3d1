/** Which articles may go out now: approved, and neither on the site nor on their way. */
import { idsMatching } from '../data/chosen';
import type { Commands, ContentRow, ListFilter } from '../host';
import type { Selection } from '../kit/table/types';

/** Delivery states that a delivery can start from. */
export const WAITING: readonly string[] = ['not_published', 'scheduled', 'failed'];

/** What is asked to go out. */
export type PublishRequest = {
  ids: readonly string[];
  /** Of those whose titles are known. */
  titles: readonly string[];
  /** How many of them are known to be outlines, with notes to the writer in their text. */
  outlines: number;
};

export function isPublishable({ status, delivery }: Pick<ContentRow, 'status' | 'delivery'>): boolean {
  return status === 'approved' && WAITING.includes(delivery);
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
  const ids = selection.all
    ? (await idsWaiting(commands, filter)).filter((id) => !selection.except.has(id))
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
