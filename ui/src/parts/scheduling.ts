/** Giving articles times and taking them away, with the way back; and which articles can have one. */
import i18next from 'i18next';
import { idsMatching } from '../data/chosen';
import { call } from '../data/command';
import { unwrap } from '../data/fault';
import { useHost } from '../data/host';
import { tell } from '../data/problems';
import type { ContentRow, Host, ListFilter, ScheduledArticle, SchedulePlacement } from '../host';
import { useNow } from '../kit/clock';
import { formatCount, formatWall, zoneCity } from '../kit/format';
import type { ListView, Selection } from '../kit/table/types';
import { toast, undoToast } from '../kit/toasts';

const MINUTE_MS = 60_000;

type Standing = Pick<ContentRow, 'status' | 'delivery' | 'isImported'>;

/** States of delivery in which an article can have a time: neither public nor on its way. */
const OPEN: readonly string[] = ['not_published', 'scheduled', 'failed'];

/** Approved, and neither public nor on its way. */
export function isSchedulable({ status, delivery, isImported }: Standing): boolean {
  return status === 'approved' && OPEN.includes(delivery) && !isImported;
}

/** The articles of a choice that can have a time, in the order of their list; "all that match" is read from the host. */
export async function schedulable(
  commands: Host['commands'],
  selection: Selection,
  { filter, sort, loaded }: { filter: ListFilter; sort: ListView['sort']; loaded: readonly ContentRow[] },
): Promise<string[]> {
  if (!selection.all)
    return loaded.filter((row) => selection.ids.has(row.id) && isSchedulable(row)).map(({ id }) => id);
  // The filter may itself ask for states of delivery.
  const asked = filter.delivery ?? [];
  const delivery = OPEN.filter((word) => asked.length === 0 || asked.includes(word));
  if (delivery.length === 0) return [];
  const ids = await idsMatching(commands, 'contents', { ...filter, status: ['approved'], delivery }, sort);
  return ids.filter((id) => !selection.except.has(id));
}

export function isScheduled({ delivery }: Pick<ContentRow, 'delivery'>): boolean {
  return delivery === 'scheduled';
}

/** Placements of several articles, each `stepMinutes` after the one before; `wall` is read in the zone of the site. */
export function placementsOf(ids: readonly string[], wall: string, stepMinutes: number): SchedulePlacement[] {
  const first = Date.parse(`${wall}Z`);
  const at = (nth: number) => new Date(first + nth * stepMinutes * MINUTE_MS).toISOString().slice(0, 16);
  return ids.map((id, nth) => ({ id, at: nth === 0 || stepMinutes === 0 ? wall : at(nth) }));
}

/** Sets times and offers the way back. Answers whether they were set. */
export function useScheduling(): (placements: SchedulePlacement[]) => Promise<boolean> {
  const { commands } = useHost();
  const now = useNow();
  return async (placements) => {
    try {
      const { articles } = unwrap(await call(commands, 'contentsSchedule', [placements]));
      tellSet(commands, articles, now);
      return true;
    } catch (error) {
      tell(error);
      return false;
    }
  };
}

/** Gives articles of a site the next free times by its rules, all that wait where none is named; with the way back. */
export function useFilling(): (siteId: string, ids: readonly string[]) => Promise<void> {
  const { commands } = useHost();
  const now = useNow();
  return async (siteId, ids) => {
    try {
      const { placed, left, ended } = unwrap(await call(commands, 'contentsScheduleNext', [siteId, [...ids]]));
      tellSet(commands, placed, now);
      if (left > 0) toast('warning', leftOf(left, ended));
    } catch (error) {
      tell(error);
    }
  };
}

function tellSet(commands: Host['commands'], articles: readonly ScheduledArticle[], now: Date): void {
  const [first] = articles;
  if (first === undefined) return;
  undoToast(sentenceOf(first, articles.length, now), () => {
    const before = articles.map(({ id, at, former }) => ({ id, at, former }));
    call(commands, 'contentsScheduleUndo', [before])
      .then((undone) => unwrap(undone))
      .catch(tell);
  });
  for (const one of articles.filter(({ shift }) => shift !== 'none')) toast('warning', shiftOf(one, now));
}

function leftOf(count: number, ended: string): string {
  const amount = formatCount(count);
  return i18next.t(ended === 'queue_full' ? 'schedule.left.queueFull' : 'schedule.left.tooFar', { count, amount });
}

function sentenceOf({ wall, zone }: ScheduledArticle, count: number, now: Date): string {
  const amount = formatCount(count);
  return wall === null
    ? i18next.t('schedule.off', { count, amount })
    : i18next.t('schedule.set', { count, amount, at: formatWall(wall, zone, now) });
}

function shiftOf({ shift, wall, zone }: ScheduledArticle, now: Date): string {
  const at = wall === null ? '' : formatWall(wall, zone, now);
  return i18next.t(shift === 'gap' ? 'schedule.gap' : 'schedule.overlap', { at, city: zoneCity(zone) });
}
