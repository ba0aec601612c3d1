/** The head of a day: its number, today's filled; where clocks change; and, while a card is held over it, when that goes out. */
import { createContext, type RefObject, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClockMark } from './ClockMark';
import classes from './calendar.module.css';
import { dayOf } from './plan';

/** What clocks show when the card that is held goes out, if it is let go now. */
const AimContext = createContext<string | null>(null);

export const AimProvider = AimContext.Provider;

/** The time aimed at, and its setter; it is none any more once the pointer leaves the calendar or lets go. */
export function useAim(grid: RefObject<HTMLElement | null>): [string | null, (wall: string | null) => void] {
  const [aim, setAim] = useState<string | null>(null);
  useEffect(() => {
    if (aim === null) return;
    const drop = () => setAim(null);
    const follow = ({ target }: Event) => {
      if (target instanceof Node && grid.current?.contains(target) === false) drop();
    };
    document.addEventListener('pointerup', drop);
    document.addEventListener('pointermove', follow);
    return () => {
      document.removeEventListener('pointerup', drop);
      document.removeEventListener('pointermove', follow);
    };
  }, [aim, grid]);
  return [aim, setAim];
}

type Props = { text: string; date: Date; isToday: boolean; zones: readonly string[] };

export function DayTop({ text, date, isToday, zones }: Props) {
  const { t } = useTranslation();
  const aim = useContext(AimContext);
  const day = date.toISOString().slice(0, 10);
  return (
    <span className={classes.dayTop}>
      {aim !== null && dayOf(aim) === day && (
        <span className={classes.aim} data-figures>
          {t('calendar.aim', { time: aim.slice(11) })}
        </span>
      )}
      <ClockMark day={day} zones={zones} />
      <span className={classes.dayNumber} data-today={isToday || undefined} data-figures>
        {text}
      </span>
    </span>
  );
}
