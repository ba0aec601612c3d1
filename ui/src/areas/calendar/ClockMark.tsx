/** Where clocks of a site change: a time in the gap does not exist, one in the overlap comes twice. */
import { ClockAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatDay, zoneCity } from '../../kit/format';
import { Hint } from '../../kit/Hint';
import classes from './calendar.module.css';
import { clockChange, daysOf, type ViewName } from './plan';

/** Marks the day itself. The grid hides the heads of its days from those who hear the page: `ClockNotes` tells them. */
export function ClockMark({ day, zones }: { day: string; zones: readonly string[] }) {
  const told = useTold();
  const words = told(day, zones).join('\n');
  if (words === '') return null;
  return (
    <Hint label={words}>
      <span className={classes.clock}>
        <ClockAlert size="0.875rem" aria-hidden />
      </span>
    </Hint>
  );
}

/** Says of all days on show which have such a change, and which. */
export function ClockNotes({ view, day, zones }: { view: ViewName; day: string; zones: readonly string[] }) {
  const told = useTold();
  const lines = daysOf(view, day).flatMap((one) => told(one, zones).map((words) => `${formatDay(one)}: ${words}`));
  if (lines.length === 0) return null;
  return (
    <ul className={classes.clocks}>
      {lines.map((line) => (
        <li key={line}>
          <ClockAlert size="0.875rem" aria-hidden />
          {line}
        </li>
      ))}
    </ul>
  );
}

function useTold(): (day: string, zones: readonly string[]) => string[] {
  const { t } = useTranslation();
  return (day, zones) =>
    zones.flatMap((zone) => {
      const change = clockChange(day, zone);
      if (change === null) return [];
      const { from, to, isForward } = change;
      return [t(isForward ? 'calendar.clock.forward' : 'calendar.clock.back', { from, to, city: zoneCity(zone) })];
    });
}
