/** The form of a site's schedule: its values, what they must be like, and what is sent. */
import i18next from 'i18next';
import type { PublishingSettingsView, RhythmView } from '../../host';

/** The field of a number holds a text while it is empty. */
type Typed = number | string;

export type ScheduleValues = Omit<PublishingSettingsView, NumberField> & Record<NumberField, Typed>;
export type NumberField =
  | 'wordsPercent'
  | 'headingsMin'
  | 'everyDays'
  | 'everyMinutes'
  | 'perDay'
  | 'perWeek'
  | 'perMonth'
  | 'queueLimit';

export const RHYTHMS: readonly RhythmView[] = ['time_slots', 'interval', 'stagger', 'immediate'];

/** The least and the most of each number. */
export const RANGES: Readonly<Record<NumberField, readonly [number, number]>> = {
  wordsPercent: [0, 200],
  headingsMin: [0, 20],
  everyDays: [1, 366],
  everyMinutes: [1, 1439],
  perDay: [0, 10_000],
  perWeek: [0, 10_000],
  perMonth: [0, 10_000],
  queueLimit: [0, 10_000],
};

const NUMBERS = Object.keys(RANGES) as readonly NumberField[];
/** Numbers that only one rhythm asks for. */
const OF_RHYTHM: Partial<Record<NumberField, RhythmView>> = { everyDays: 'interval', everyMinutes: 'stagger' };
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export function isTime(text: string): boolean {
  return TIME.test(text);
}

type Errors = Partial<Record<keyof ScheduleValues, string>>;

/** What is wrong with the values, by field, in words. What belongs to a rhythm that is not chosen is not looked at. */
export function errorsOf(values: ScheduleValues): Errors {
  const { t } = i18next;
  const errors: Errors = {};
  for (const field of NUMBERS) {
    const [least, most] = RANGES[field];
    const isAsked = (OF_RHYTHM[field] ?? values.rhythm) === values.rhythm;
    if (isAsked && !isWhole(values[field], least, most)) errors[field] = t('publishing.wrong.range', { least, most });
  }
  return { ...errors, ...errorsOfRhythm(values) };
}

function errorsOfRhythm({ rhythm, time, anchor, days, times, from, until }: ScheduleValues): Errors {
  const { t } = i18next;
  const noTime = t('publishing.wrong.time');
  const noDays = days.length === 0 ? { days: t('publishing.wrong.days') } : {};
  switch (rhythm) {
    case 'immediate':
      return {};
    case 'interval':
      return {
        ...(isTime(time) ? {} : { time: noTime }),
        ...(/^\d{4}-\d\d-\d\d$/.test(anchor) ? {} : { anchor: t('publishing.wrong.anchor') }),
      };
    case 'time_slots':
      if (times.length === 0) return { ...noDays, times: t('publishing.wrong.times') };
      return times.every(isTime) ? noDays : { ...noDays, times: noTime };
    case 'stagger':
      if (!isTime(from)) return { ...noDays, from: noTime };
      if (!isTime(until)) return { ...noDays, until: noTime };
      return until < from ? { ...noDays, until: t('publishing.wrong.until') } : noDays;
  }
}

/** What is sent. A number of a rhythm that is not chosen and was emptied keeps the least it can be. */
export function settingsOf(values: ScheduleValues): PublishingSettingsView {
  const numbers = NUMBERS.map((field) => {
    const [least, most] = RANGES[field];
    return [field, isWhole(values[field], least, most) ? values[field] : least];
  });
  return {
    ...values,
    times: [...values.times].sort(),
    days: [...values.days].sort((a, b) => a - b),
    ...(Object.fromEntries(numbers) as Record<NumberField, number>),
  };
}

function isWhole(value: Typed, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
