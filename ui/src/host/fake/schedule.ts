/** The schedule in memory: times of articles, and how they stand. */
import type { CalendarEntry, Commands, ScheduledArticle } from '../contract';
import type { FakeContent, FakeData } from './data';
import { invalid } from './planner';
import { isBehind, isHandedOver, siteOf } from './rows';
import { fail, find, live, missing, ok, type World } from './world';

type ScheduleCommand =
  | 'contentsSchedule'
  | 'contentsScheduleUndo'
  | 'calendar'
  | 'calendarExport'
  | 'sitePublishingSet';

export function scheduleCommands(world: World): Pick<Commands, ScheduleCommand> {
  const { data, touch } = world;
  return {
    contentsSchedule: async (placements) => {
      const chosen = placements.map(({ id, at }) => ({ content: find(live(data.contents), id), at }));
      for (const { content, at } of chosen) {
        if (content === undefined) return missing('content');
        if (content.status !== 'approved') return fail({ code: 'NotApproved', detail: { title: content.title } });
        if (content.delivery === 'published' || content.delivery === 'publishing')
          return fail({ code: 'WrongState', detail: { what: 'content' } });
        if (at !== null && instantOf(at, zoneOf(data, content)) <= world.now().toISOString())
          return fail(invalid('at', 'past'));
      }
      const articles = chosen.flatMap(({ content, at }) =>
        content === undefined ? [] : [scheduled(content, at, zoneOf(data, content))],
      );
      touch('contents', 'publications');
      return ok({ articles });
    },
    contentsScheduleUndo: async (articles) => {
      const chosen = articles.map((one) => ({ ...one, content: find(live(data.contents), one.id) }));
      for (const { content, at } of chosen) {
        if (content === undefined) return missing('content');
        if ((content.scheduledAt ?? null) !== at) return fail({ code: 'WrongState', detail: { what: 'content' } });
      }
      for (const { content, former } of chosen) {
        if (content === undefined) continue;
        content.scheduledAt = former.at;
        content.missedAt = former.missedAt;
        content.delivery = former.delivery as FakeContent['delivery'];
      }
      touch('contents', 'publications');
      return ok(null);
    },
    sitePublishingSet: async (id, handOver, missedRule) => {
      const site = find(data.sites, id);
      if (site === undefined) return missing('site');
      if (site.kind === 'folder' && handOver === 'wordpress') return fail(invalid('handOver', 'kind'));
      Object.assign(site, { handOver, missedRule });
      touch('sites', 'contents');
      return ok(null);
    },
    calendarExport: async (siteId, format) => {
      const entries = live(data.contents).flatMap((content) => entryOf(world, content));
      const written = entries.filter(
        (entry) => (siteId === null || entry.siteId === siteId) && (format === 'csv' || entry.at !== null),
      );
      return ok({ path: `/home/you/igny8-calendar.${format}`, entries: written.length });
    },
    calendar: async ({ siteIds = [], from = null, until = null, states = [], contentTypes = [] }) => {
      const isIn = (entry: CalendarEntry) =>
        (entry.at === null || ((from === null || entry.at >= from) && (until === null || entry.at < until))) &&
        (siteIds.length === 0 || siteIds.includes(entry.siteId)) &&
        (states.length === 0 || states.includes(entry.state)) &&
        (contentTypes.length === 0 || contentTypes.includes(entry.contentType));
      const entries = live(data.contents)
        .flatMap((content) => entryOf(world, content))
        .filter(isIn);
      const place = ({ at, id }: CalendarEntry) => `${at ?? '9'} ${id}`;
      return ok({ entries: entries.sort((a, b) => place(a).localeCompare(place(b))), isCut: false });
    },
  };
}

export function scheduled(content: FakeContent, at: string | null, zone: string): ScheduledArticle {
  const before = content.scheduledAt ?? null;
  const former = {
    delivery: content.delivery,
    at: before,
    wall: before === null ? '' : wallOf(before, zone),
    zone: before === null ? '' : zone,
    nudgedAt: null,
    missedAt: content.missedAt ?? null,
    keepsNoDate: false,
    parked: null,
  };
  content.missedAt = null;
  const instant = at === null ? null : instantOf(at, zone);
  content.scheduledAt = instant;
  content.delivery = instant === null ? 'not_published' : 'scheduled';
  return {
    id: content.id,
    title: content.title,
    at: instant,
    wall: instant === null ? null : wallOf(instant, zone),
    zone: instant === null ? '' : zone,
    shift: 'none',
    before,
    former,
  };
}

function entryOf(world: World, content: FakeContent): CalendarEntry[] {
  const site = find(world.data.sites, siteOf(world.data, content.sectorId));
  const isPublic = content.receipt !== null;
  if (site === undefined || site.removed === true || (content.status === 'draft' && !isPublic)) return [];
  const at = content.receipt?.at ?? content.scheduledAt ?? null;
  return [
    {
      id: content.id,
      title: content.title,
      siteId: site.id,
      site: site.name,
      contentType: content.contentType,
      state: isPublic ? 'published' : stateOf(content, at, world.now().toISOString()),
      at,
      wall: at === null ? null : wallOf(at, site.zone),
      zone: site.zone,
      isHandedOver: isHandedOver(world.data, content),
      isUnsent: isBehind(content),
      code: content.failure?.code ?? '',
      externalUrl: content.receipt?.url ?? null,
    },
  ];
}

function stateOf({ status, delivery, missedAt }: FakeContent, at: string | null, now: string): string {
  if (status === 'review') return 'review';
  if (delivery === 'scheduled' && typeof missedAt === 'string') return 'missed';
  if (delivery === 'scheduled') return at !== null && at <= now ? 'awaiting_proof' : 'scheduled';
  return delivery === 'not_published' ? 'unscheduled' : delivery;
}

function zoneOf(data: FakeData, content: FakeContent): string {
  return zoneOfSite(data, siteOf(data, content.sectorId));
}

export function zoneOfSite(data: FakeData, id: string | null): string {
  return (id === null ? undefined : find(data.sites, id)?.zone) ?? 'UTC';
}

/** What the clocks of a zone show at an instant, such as `2026-12-01T09:00`. */
export function wallOf(instant: string, zone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return parts.format(new Date(instant)).replace(' ', 'T');
}

/** The instant of a wall time; a text with an offset is one already. */
export function instantOf(text: string, zone: string): string {
  if (/(?:Z|[+-]\d\d:\d\d)$/.test(text)) return new Date(text).toISOString();
  const guess = new Date(`${text}Z`);
  const shown = new Date(`${wallOf(guess.toISOString(), zone)}Z`);
  return new Date(2 * guess.getTime() - shown.getTime()).toISOString();
}
