/** The column of what has no time yet. Cards are dragged from here onto a day, and from a day back. */
import { Draggable } from '@fullcalendar/react/interaction';
import { type RefObject, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarEntry } from '../../host';
import { formatCount } from '../../kit/format';
import { CalendarCard } from './CalendarCard';
import classes from './calendar.module.css';
import { FillButton } from './FillButton';
import { isMovable } from './plan';

/** A card in the tray. */
const ITEM = '[data-tray]';

type Props = {
  entries: readonly CalendarEntry[];
  trayRef: RefObject<HTMLElement | null>;
  onFill: (siteId: string) => Promise<void>;
};

export function Tray({ entries, trayRef, onFill }: Props) {
  const { t } = useTranslation();
  const heading = useId();
  const waiting = entries.filter(isMovable);
  const inReview = entries.filter(({ state }) => state === 'review');
  const onTheWay = entries.filter((entry) => !isMovable(entry) && entry.state !== 'review');
  useDraggable(trayRef, waiting);
  return (
    <aside className={classes.tray} ref={trayRef} aria-labelledby={heading}>
      <TrayTitle id={heading} title={t('calendar.tray.title')} count={waiting.length} />
      <p className={classes.hint}>{t(waiting.length === 0 ? 'calendar.tray.empty' : 'calendar.tray.hint')}</p>
      <FillButton entries={waiting} onFill={onFill} />
      <Cards entries={waiting} />
      {inReview.length > 0 && (
        <>
          <TrayTitle title={t('calendar.tray.inReview')} count={inReview.length} />
          <Cards entries={inReview} />
        </>
      )}
      {onTheWay.length > 0 && (
        <>
          <TrayTitle title={t('calendar.tray.onTheWay')} count={onTheWay.length} />
          <Cards entries={onTheWay} />
        </>
      )}
    </aside>
  );
}

function TrayTitle({ id, title, count }: { id?: string; title: string; count: number }) {
  return (
    <h2 className={classes.trayTitle} id={id}>
      {title}{' '}
      <span className={classes.count} data-figures>
        {formatCount(count)}
      </span>
    </h2>
  );
}

function Cards({ entries }: { entries: readonly CalendarEntry[] }) {
  if (entries.length === 0) return null;
  return (
    <ul className={classes.trayList}>
      {entries.map((entry) => (
        <li key={entry.id} className={classes.trayItem} data-tray={isMovable(entry) ? entry.id : undefined}>
          <CalendarCard entry={entry} />
        </li>
      ))}
    </ul>
  );
}

/** Lets the cards of the tray be taken to the calendar, by pointer: the window swallows the browser's own dragging. */
function useDraggable(trayRef: RefObject<HTMLElement | null>, entries: readonly CalendarEntry[]): void {
  const latest = useRef(entries);
  useEffect(() => {
    latest.current = entries;
  });
  useEffect(() => {
    const tray = trayRef.current;
    if (tray === null) return;
    const draggable = new Draggable(tray, {
      itemSelector: ITEM,
      eventData: (element) => {
        const entry = latest.current.find(({ id }) => id === element.dataset.tray);
        return { title: entry?.title ?? '', startTime: '09:00', duration: '00:30', extendedProps: { entry } };
      },
    });
    return () => draggable.destroy();
  }, [trayRef]);
}
