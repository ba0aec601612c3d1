/** How articles go forward by themselves, in memory: settings, and the times that they give. */
import type { Commands, FreeTime, PublishingSettingsView, ScheduledArticle } from '../contract';
import type { FakeContent, FakeData } from './data';
import { invalid } from './planner';
import { siteOf } from './rows';
import { instantOf, scheduled, wallOf, zoneOfSite } from './schedule';
import { fail, find, live, missing, ok, type World } from './world';

type PublishingCommand = 'publishingSettings' | 'publishingSettingsSave' | 'publishingPreview' | 'contentsScheduleNext';

const DAYS = 30;
const TIMES_MAX = 200;
const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

export const USUAL: PublishingSettingsView = {
  autoApprove: false,
  autoSchedule: false,
  wordsPercent: 80,
  needsPictures: true,
  needsMeta: true,
  headingsMin: 2,
  refusesSameTopic: true,
  takesOutlines: false,
  rhythm: 'time_slots',
  everyDays: 1,
  anchor: '2026-11-23',
  time: '09:00',
  days: [0, 1, 2, 3, 4],
  times: ['09:00'],
  from: '09:00',
  until: '17:00',
  everyMinutes: 60,
  perDay: 0,
  perWeek: 0,
  perMonth: 0,
  queueLimit: 0,
};

export function publishingCommands(world: World): Pick<Commands, PublishingCommand> {
  const { data, touch } = world;
  const settingsOf = (id: string) => data.publishing[id] ?? USUAL;
  return {
    publishingSettings: async (id) => (find(data.sites, id) === undefined ? missing('site') : ok(settingsOf(id))),
    publishingSettingsSave: async (id, settings) => {
      if (settings.rhythm === 'time_slots' && settings.times.length === 0) return fail(invalid('times', 'required'));
      data.publishing[id] = settings;
      touch('settings', 'contents');
      return ok(null);
    },
    publishingPreview: async (id, settings) => {
      const zone = zoneOfSite(data, id);
      const free = freeTimes(world, id, settings ?? settingsOf(id));
      const waiting = withoutTime(data, id);
      const times = free.slice(0, TIMES_MAX).map((time, nth) => ({ ...time, article: waiting[nth]?.title ?? null }));
      const leftOver = Math.max(0, waiting.length - times.length);
      const isMore = free.length > TIMES_MAX;
      return ok({ times, isMore, waiting: waiting.length, leftOver, isQueueFull: false, zone });
    },
    contentsScheduleNext: async (id, ids) => {
      const zone = zoneOfSite(data, id);
      const chosen = withoutTime(data, id).filter((content) => ids.length === 0 || ids.includes(content.id));
      const free = freeTimes(world, id, settingsOf(id));
      const placed: ScheduledArticle[] = chosen.flatMap((content, nth) => {
        const time = free[nth];
        return time === undefined ? [] : [scheduled(content, time.at, zone)];
      });
      touch('contents', 'publications');
      const left = chosen.length - placed.length;
      return ok({ placed, left, ended: left > 0 ? 'too_far' : '' });
    },
  };
}

function withoutTime(data: FakeData, siteId: string): FakeContent[] {
  return live(data.contents).filter(
    ({ sectorId, status, delivery }) =>
      siteOf(data, sectorId) === siteId && status === 'approved' && delivery === 'not_published',
  );
}

/** The times of the next thirty days by these rules that nothing has; as many a day as may be. */
function freeTimes(world: World, siteId: string, settings: PublishingSettingsView): FreeTime[] {
  const { data } = world;
  const zone = zoneOfSite(data, siteId);
  const now = world.now().toISOString();
  const taken = new Set(live(data.contents).map(({ scheduledAt }) => scheduledAt ?? ''));
  const today = new Date(`${wallOf(now, zone).slice(0, 10)}T00:00:00Z`).getTime();
  return Array.from({ length: DAYS + 1 }, (_, nth) => new Date(today + nth * DAY_MS)).flatMap((day) => {
    const date = day.toISOString().slice(0, 10);
    const free = timesOn(settings, day).flatMap((time): FreeTime[] => {
      const wall = `${date}T${time}`;
      const at = instantOf(wall, zone);
      return at > now && !taken.has(at) ? [{ at, wall, shift: 'none', article: null }] : [];
    });
    return free.slice(0, settings.perDay === 0 ? undefined : settings.perDay);
  });
}

function timesOn(settings: PublishingSettingsView, day: Date): string[] {
  const weekday = (day.getUTCDay() + 6) % 7;
  switch (settings.rhythm) {
    case 'immediate':
      return ['12:00'];
    case 'interval': {
      const apart = Math.round((day.getTime() - new Date(`${settings.anchor}T00:00:00Z`).getTime()) / DAY_MS);
      return apart % Math.max(1, settings.everyDays) === 0 ? [settings.time] : [];
    }
    case 'time_slots':
      return settings.days.includes(weekday) ? [...settings.times].sort() : [];
    case 'stagger': {
      if (!settings.days.includes(weekday)) return [];
      const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
      const [from, until] = [minutes(settings.from), minutes(settings.until)];
      const count = Math.floor((until - from) / Math.max(1, settings.everyMinutes)) + 1;
      const at = (nth: number) =>
        new Date((from + nth * settings.everyMinutes) * MINUTE_MS).toISOString().slice(11, 16);
      return Array.from({ length: Math.max(0, count) }, (_, nth) => at(nth));
    }
  }
}
