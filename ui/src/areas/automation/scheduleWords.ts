/** When runs begin by themselves, in words. */
import i18next from 'i18next';
import type { AutomationView } from '../../host';

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof DAYS)[number];
export const WEEKDAYS: readonly Weekday[] = DAYS;

export function dayWord(day: Weekday): string {
  return i18next.t(`automation.settings.day.d${day}`);
}

export function scheduleWords({ fields, siteZone }: AutomationView): string {
  const { frequency, time, weekdays, monthDay } = fields;
  const zone = fields.zone === '' ? siteZone : fields.zone;
  const days = WEEKDAYS.filter((day) => weekdays.includes(day))
    .map(dayWord)
    .join(', ');
  return i18next.t(`automation.schedule.${frequency}`, { time, zone, days, day: monthDay });
}
