/**
 * Numbers, credits, money, dates and durations as the product writes them.
 * Credits and money arrive as decimal strings and are never turned into binary floats on the way.
 */

const LOCALE = 'en-GB';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const SHORT_FRACTION = 2;
/** The least that two decimals show. */
const LEAST_SHORT = 0.01;

const counts = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const shortDecimals = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: SHORT_FRACTION });
const exactDecimals = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 20 });
const months = new Intl.DateTimeFormat(LOCALE, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const shortMonths = new Intl.DateTimeFormat(LOCALE, { month: 'short', year: 'numeric', timeZone: 'UTC' });
const days = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dates = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const LOCAL_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const relativeTimes = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });

/** A whole number with thousands separated: `4,210`. */
export function formatCount(value: number): string {
  return counts.format(value);
}

/** Credits from a decimal string, at most two decimals: `31`, `1,204.5`; `<0.01` rather than a false zero. */
export function formatCredits(amount: string): string {
  const value = Number(amount);
  if (value !== 0 && Math.abs(value) < LEAST_SHORT) return `${value < 0 ? '>-' : '<'}${LEAST_SHORT}`;
  return shortDecimals.format(decimal(amount));
}

/** Credits with every digit they have. */
export function formatCreditsExact(amount: string): string {
  return exactDecimals.format(decimal(amount));
}

/** Money for tables: two decimals, and `<$0.01` rather than a false zero. `currency` is an ISO 4217 code. */
export function formatMoney(amount: string, currency = 'USD'): string {
  const value = Number(amount);
  if (value !== 0 && Math.abs(value) < LEAST_SHORT)
    return `${value < 0 ? '>-' : '<'}${moneyFormat(currency, 2, 2).format(LEAST_SHORT)}`;
  return moneyFormat(currency, 2, 2).format(decimal(amount));
}

/** Money with every digit it has, at least two: for details. */
export function formatMoneyExact(amount: string, currency = 'USD'): string {
  return moneyFormat(currency, 2, 20).format(decimal(amount));
}

/** An amount, or the least and the most of it; decimal strings. */
export type Span = string | readonly [least: string, most: string];

/** `31`, or `60–120` where the ends differ as they are written; `-8 to 40` where a dash would be read as a sign. */
export function formatSpan(span: Span, format: (amount: string) => string): string {
  const [least, most] = typeof span === 'string' ? [span, span] : span;
  const [from, to] = [format(least), format(most)];
  if (from === to) return from;
  return from.startsWith('-') ? `${from} to ${to}` : `${from}–${to}`;
}

/** Credits; the ends of a span, which is a forecast, are whole: the least rounded down and the most up. */
export function formatCreditSpan(span: Span): string {
  if (typeof span === 'string' || Number(span[0]) === Number(span[1])) return formatSpan(span, formatCredits);
  const ends = [String(Math.floor(Number(span[0]))), String(Math.ceil(Number(span[1])))] as const;
  return formatSpan(ends, formatCredits);
}

/** The larger end. */
export function mostOf(span: Span): string {
  return typeof span === 'string' ? span : span[1];
}

/** A share of a whole in percent, rounded down so that 100 % means all of it: `62%`; `<1%` rather than a false zero. */
export function formatShare(part: number, whole: number): string {
  const percent = whole <= 0 ? 0 : (100 * part) / whole;
  return percent > 0 && percent < 1 ? '<1%' : `${Math.floor(percent)}%`;
}

/** One of the parts of a whole in percent, to a tenth so that a column of them adds up: `2.9%`; `<0.1%` for a trace. */
export function formatPart(part: number, whole: number): string {
  const percent = whole <= 0 ? 0 : (100 * part) / whole;
  return percent > 0 && percent < 0.05 ? '<0.1%' : `${percent.toFixed(1)}%`;
}

/** `Tue 24 Nov, 09:30 · Berlin`; the year joins when it is not `now`'s. `instant` is RFC 3339, `zone` an IANA name. */
export function formatDateTime(instant: string, zone: string, now: Date): string {
  return written(dateParts(new Date(instant), zone), zone, now);
}

/** The same of what clocks show in a zone: `2026-11-24T09:30` in Europe/Berlin gives `Tue 24 Nov, 09:30 · Berlin`. */
export function formatWall(wall: string, zone: string, now: Date): string {
  return written(dateParts(new Date(`${wall}Z`), 'UTC'), zone, now);
}

/** `2026-11-24 08:30:00.125 UTC`: to tell two instants apart that lie close together. `instant` is RFC 3339 in UTC. */
export function formatInstantExact(instant: string): string {
  return instant.replace('T', ' ').replace('Z', ' UTC');
}

/** `3 minutes ago`, `in 2 days`, `now`. */
export function formatRelative(instant: string, now: Date): string {
  const distance = new Date(instant).getTime() - now.getTime();
  const size = Math.abs(distance);
  if (size < MINUTE_MS) return relativeTimes.format(0, 'second');
  if (size < HOUR_MS) return relativeTimes.format(Math.trunc(distance / MINUTE_MS), 'minute');
  if (size < DAY_MS) return relativeTimes.format(Math.trunc(distance / HOUR_MS), 'hour');
  if (size < 30 * DAY_MS) return relativeTimes.format(Math.trunc(distance / DAY_MS), 'day');
  if (size < 365 * DAY_MS) return relativeTimes.format(Math.trunc(distance / (30 * DAY_MS)), 'month');
  return relativeTimes.format(Math.trunc(distance / (365 * DAY_MS)), 'year');
}

/** A month `YYYY-MM` by name: `November 2026`. */
export function formatMonth(month: string): string {
  return months.format(new Date(`${month}-01T00:00:00Z`));
}

/** A calendar day `YYYY-MM-DD`, short for axes and tables: `4 Nov`; a month `YYYY-MM`: `Nov 2026`. */
export function formatDay(day: string): string {
  return day.length === 7
    ? shortMonths.format(new Date(`${day}-01T00:00:00Z`))
    : days.format(new Date(`${day}T00:00:00Z`));
}

/** A calendar day `YYYY-MM-DD` with its year: `12 May 2026`. */
export function formatDate(day: string): string {
  return dates.format(new Date(`${day}T00:00:00Z`));
}

/** A length of time from milliseconds: `0:42`, `12:05`, `1:02:05`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`;
}

/** The city a zone is named after: `Europe/Berlin` gives `Berlin`. */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** The zone of this computer when the window was opened. */
export function localZone(): string {
  return LOCAL_ZONE;
}

/** Formats cost a hundred times more to make than to use, and a list uses them in every cell. */
const moneyFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function moneyFormat(currency: string, least: number, most: number): Intl.NumberFormat {
  return kept(moneyFormats, `${currency} ${least} ${most}`, () => {
    const fractions = { minimumFractionDigits: least, maximumFractionDigits: most };
    return new Intl.NumberFormat(LOCALE, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      ...fractions,
    });
  });
}

function dateFormat(zone: string): Intl.DateTimeFormat {
  return kept(
    dateFormats,
    zone,
    () =>
      new Intl.DateTimeFormat(LOCALE, {
        timeZone: zone,
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
  );
}

function kept<Value>(cache: Map<string, Value>, key: string, make: () => Value): Value {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}

type DateParts = Record<'weekday' | 'day' | 'month' | 'year' | 'hour' | 'minute', string>;

function dateParts(date: Date, zone: string): DateParts {
  const parts: DateParts = { weekday: '', day: '', month: '', year: '', hour: '', minute: '' };
  for (const { type, value } of dateFormat(zone).formatToParts(date))
    if (type in parts) parts[type as keyof DateParts] = value;
  return parts;
}

function written({ weekday, day, month, year, hour, minute }: DateParts, zone: string, now: Date): string {
  const unlessNow = year === dateParts(now, zone).year ? '' : ` ${year}`;
  return `${weekday} ${day} ${month}${unlessNow}, ${hour}:${minute} · ${zoneCity(zone)}`;
}

/** Intl formats decimal strings exactly; its type asks for the numeric shape, which the border already guarantees. */
function decimal(amount: string): `${number}` {
  return amount as `${number}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
