/** What is offered for the cards that are chosen together: only what fits them. */
import i18next from 'i18next';
import { ArrowLeftRight, CalendarClock, CalendarMinus, CalendarPlus, MoveHorizontal } from 'lucide-react';
import type { CalendarEntry, SchedulePlacement } from '../../host';
import type { BulkAction } from '../../kit/table/types';
import { hasTime, isMovable, swapped } from './plan';
import type { Question } from './useCalendarActs';

const ICON = { size: '1rem', 'aria-hidden': true } as const;

type Acts = {
  ask: (question: Question) => void;
  place: (placements: SchedulePlacement[]) => Promise<boolean>;
  fill: (siteId: string, ids: readonly string[]) => Promise<void>;
  /** Lets go of what is chosen. */
  clear: () => void;
};

export function bulkActsOf(chosen: readonly CalendarEntry[], acts: Acts): BulkAction[] {
  const { t } = i18next;
  const movable = chosen.filter(isMovable);
  const timed = chosen.filter(hasTime);
  const [one, other, third] = timed;
  const waiting = movable.filter(({ wall }) => wall === null);
  const after = (isDone: boolean) => {
    if (isDone) acts.clear();
  };
  const offered: (BulkAction | false)[] = [
    timed.length > 0 && {
      id: 'shift',
      label: t('calendar.act.shift'),
      icon: <MoveHorizontal {...ICON} />,
      run: () => acts.ask({ kind: 'shift', entries: timed }),
    },
    one !== undefined &&
      other !== undefined &&
      third === undefined && {
        id: 'swap',
        label: t('calendar.act.swap'),
        icon: <ArrowLeftRight {...ICON} />,
        run: () => void acts.place(swapped(one, other)).then(after),
      },
    isOfOne(movable, ({ zone }) => zone) && {
      id: 'time',
      label: t('schedule.act.schedule'),
      icon: <CalendarClock {...ICON} />,
      run: () => acts.ask({ kind: 'time', ids: idsOf(movable), zone: movable[0]?.zone ?? 'UTC' }),
    },
    isOfOne(waiting, ({ siteId }) => siteId) && {
      id: 'fill',
      label: t('calendar.act.fill'),
      icon: <CalendarPlus {...ICON} />,
      run: () => void acts.fill(waiting[0]?.siteId ?? '', idsOf(waiting)).then(acts.clear),
    },
    timed.length > 0 && {
      id: 'off',
      label: t('schedule.act.off'),
      icon: <CalendarMinus {...ICON} />,
      run: () => void acts.place(timed.map(({ id }) => ({ id, at: null }))).then(after),
    },
  ];
  return offered.filter((act) => act !== false);
}

function idsOf(entries: readonly CalendarEntry[]): string[] {
  return entries.map(({ id }) => id);
}

/** There are some, and all are of one: of one site, or in one zone. */
function isOfOne(entries: readonly CalendarEntry[], of: (entry: CalendarEntry) => string): boolean {
  return new Set(entries.map(of)).size === 1;
}
