/**
 * Times of the calendar. A card stands at what the clocks of its site show, and is moved by them: a wall time is text such
 * as `2026-12-01T09:00`, a day such as `2026-12-01`. What a zone makes of a wall time is the host's to say; here it is only
 * told where clocks change, so that nobody is surprised.
 */
import type { CalendarEntry, SchedulePlacement } from '../../host';

export const VIEWS = ['month', 'week', 'list'] as const;
export type ViewName = (typeof VIEWS)[number];

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const WEEK_DAYS = 7;
/** The hour that a card from the tray is given on a day, when most sites are read; further ones follow by the hour. */
const FIRST_HOUR = 9;
const DAY_HOURS = 24;

/** States in which an article can be given a time. */
const MOVABLE: readonly string[] = ['unscheduled', 'scheduled', 'failed', 'missed'];

/** States in which it has one that can be taken away. */
const TIMED: readonly string[] = ['scheduled', 'failed', 'missed'];

export function isMovable({ state }: Pick<CalendarEntry, 'state'>): boolean {
  return MOVABLE.includes(state);
}

/** It has a time that can be taken away. */
export function hasTime({ state, wall }: Pick<CalendarEntry, 'state' | 'wall'>): boolean {
  return wall !== null && TIMED.includes(state);
}

/** What the clocks of a zone show at an instant. */
export function wallAt(instant: Date, zone: string): string {
  return clock(zone).format(instant).replace(' ', 'T');
}

export function dayOf(wall: string): string {
  return wall.slice(0, 10);
}

/** The same clock time some days on, or back. */
export function plusDays(wall: string, days: number): string {
  const moved = new Date(Date.parse(`${wall.length === 10 ? `${wall}T00:00` : wall}Z`) + days * DAY_MS).toISOString();
  return moved.slice(0, wall.length);
}

/** The days a view shows, the last not in it. */
export function periodOf(view: ViewName, day: string): { from: string; until: string } {
  if (view === 'week') return { from: mondayOf(day), until: plusDays(mondayOf(day), WEEK_DAYS) };
  const first = `${day.slice(0, 7)}-01`;
  const next = step(view, first, 1);
  if (view === 'list') return { from: first, until: next };
  return { from: mondayOf(first), until: plusDays(mondayOf(plusDays(next, -1)), WEEK_DAYS) };
}

/** Every day that a view shows. */
export function daysOf(view: ViewName, day: string): string[] {
  const { from, until } = periodOf(view, day);
  const count = (Date.parse(until) - Date.parse(from)) / DAY_MS;
  return Array.from({ length: count }, (_, nth) => plusDays(from, nth));
}

export function isShown(view: ViewName, day: string, wall: string): boolean {
  const { from, until } = periodOf(view, day);
  return dayOf(wall) >= from && dayOf(wall) < until;
}

/** Instants that hold the days of a view in any zone. */
export function instantsOf(view: ViewName, day: string): { from: string; until: string } {
  const { from, until } = periodOf(view, day);
  return { from: `${plusDays(from, -1)}T00:00:00Z`, until: `${plusDays(until, 1)}T00:00:00Z` };
}

/** A day in the next period, or in one before. */
export function step(view: ViewName, day: string, periods: number): string {
  if (view === 'week') return plusDays(day, periods * WEEK_DAYS);
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + periods);
  return date.toISOString().slice(0, 10);
}

/**
 * The time a card from the tray gets on a day: nine, or the first full hour after it at which its site has nothing and
 * that is still to come; then the hours before nine. Null when the day has none.
 */
export function freeTime(day: string, taken: readonly string[], now: string): string | null {
  const hours = Array.from({ length: DAY_HOURS }, (_, hour) => (hour + FIRST_HOUR) % DAY_HOURS);
  const walls = hours.map((hour) => `${day}T${String(hour).padStart(2, '0')}:00`);
  return walls.find((wall) => wall > now && !taken.includes(wall)) ?? null;
}

/** Placements of cards so many days on, each at its clock time. */
export function shifted(entries: readonly CalendarEntry[], days: number): SchedulePlacement[] {
  return entries.flatMap(({ id, wall }) => (wall === null ? [] : [{ id, at: plusDays(wall, days) }]));
}

/** Placements that give each of two cards the other's time. */
export function swapped(one: CalendarEntry, other: CalendarEntry): SchedulePlacement[] {
  return [
    { id: one.id, at: other.at },
    { id: other.id, at: one.at },
  ];
}

/** Clocks of a zone go forward or back: from what they show to what they show then. */
export type ClockChange = { from: string; to: string; isForward: boolean };

const changes = new Map<string, ClockChange | null>();

/** Where the clocks of a zone change on a day; null on almost all days. */
export function clockChange(day: string, zone: string): ClockChange | null {
  const key = `${day} ${zone}`;
  const known = changes.get(key);
  if (known !== undefined) return known;
  const found = findChange(day, zone);
  changes.set(key, found);
  return found;
}

function findChange(day: string, zone: string): ClockChange | null {
  // A minute before the day, since clocks may change at its very beginning.
  let before = Date.parse(`${day}T00:00Z`) - offsetMs(Date.parse(`${day}T00:00Z`), zone) - MINUTE_MS;
  let after = before + DAY_MS;
  const [old, next] = [offsetMs(before, zone), offsetMs(after, zone)];
  if (old === next) return null;
  while (after - before > MINUTE_MS) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetMs(middle, zone) === old) before = middle;
    else after = middle;
  }
  const shown = (offset: number) => new Date(after + offset).toISOString().slice(11, 16);
  return { from: shown(old), to: shown(next), isForward: next > old };
}

/** How far the clocks of a zone are ahead of UTC at an instant. */
function offsetMs(instant: number, zone: string): number {
  const whole = Math.floor(instant / MINUTE_MS) * MINUTE_MS;
  return Date.parse(`${wallAt(new Date(whole), zone)}Z`) - whole;
}

function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + WEEK_DAYS - 1) % WEEK_DAYS;
  return plusDays(day, -weekday);
}

/** Making a format costs far more than using it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clock(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(zone, made);
  return made;
}
