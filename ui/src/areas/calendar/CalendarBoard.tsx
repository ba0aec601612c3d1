/** The calendar as FullCalendar draws it, with the tray beside it. Loaded when the page is opened, since it is large. */
import FullCalendar, { type CalendarRef, type EventInput } from '@fullcalendar/react';
import dayGrid from '@fullcalendar/react/daygrid';
import interaction from '@fullcalendar/react/interaction';
import list from '@fullcalendar/react/list';
import classic from '@fullcalendar/react/themes/classic';
import timeGrid from '@fullcalendar/react/timegrid';
import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/classic/theme.css';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarEntry, SchedulePlacement } from '../../host';
import { useNow } from '../../kit/clock';
import { CalendarCard } from './CalendarCard';
import classes from './calendar.module.css';
import { AimProvider, DayTop, useAim } from './DayTop';
import { dayOf, freeTime, isMovable, type ViewName, wallAt } from './plan';
import { Tray } from './Tray';

const PLUGINS = [dayGrid, timeGrid, list, interaction, classic];
const VIEW_TYPES: Record<ViewName, string> = { month: 'dayGridMonth', week: 'timeGridWeek', list: 'listMonth' };
/** Cards of a day before the rest is counted. */
const CARDS_A_DAY = 4;
/** The hours of a week scroll inside of it. */
const WEEK_HEIGHT = '40rem';
/** Half an hour, in pixels: three lines of a card. */
const SLOT_HEIGHT = 52;

type Props = {
  entries: readonly CalendarEntry[];
  view: ViewName;
  day: string;
  /** Zones of the sites on show: where their clocks change is marked. */
  zones: readonly string[];
  /** The zone whose day is marked as today. */
  zone: string;
  /** Sets times; answers whether they were set. */
  onPlace: (placements: SchedulePlacement[]) => Promise<boolean>;
  /** Gives all of a site that wait the next free times. */
  onFill: (siteId: string) => Promise<void>;
};

export default function CalendarBoard({ entries, view, day, zones, zone, onPlace, onFill }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const calendar = useRef<CalendarRef>(null);
  const tray = useRef<HTMLElement>(null);
  const events = useMemo(() => entries.flatMap(eventOf), [entries]);
  const unplanned = useMemo(() => entries.filter(({ wall }) => wall === null), [entries]);
  const grid = useRef<HTMLDivElement>(null);
  const [aim, setAim] = useAim(grid);
  useEffect(() => {
    calendar.current?.getApi().changeView(VIEW_TYPES[view], day);
  }, [view, day]);
  /** When a card goes out that is let go on this day, or at this time of it. */
  const wallOn = (entry: CalendarEntry, start: Date): string | null => {
    const wall = start.toISOString().slice(0, 16);
    if (entry.wall !== null || view !== 'month') return wall;
    return freeTime(dayOf(wall), takenBy(entries, entry.siteId), wallAt(now, entry.zone));
  };
  const mayStand = (entry: CalendarEntry, start: Date): boolean => {
    const wall = wallOn(entry, start);
    return wall !== null && wall > wallAt(now, entry.zone);
  };
  const place = async (entry: CalendarEntry, start: Date | null, revert: () => void) => {
    const at = start === null ? null : wallOn(entry, start);
    if (at === null || !(await onPlace([{ id: entry.id, at }]))) revert();
  };
  return (
    <div className={classes.board}>
      <div className={classes.grid} data-view={view} ref={grid}>
        <AimProvider value={aim}>
          <FullCalendar
            ref={calendar}
            plugins={PLUGINS}
            initialView={VIEW_TYPES[view]}
            initialDate={day}
            // Cards stand at wall times of their own sites, which have no zone here.
            timeZone="UTC"
            now={`${wallAt(now, zone)}:00`}
            locale="en-GB"
            firstDay={1}
            headerToolbar={false}
            fixedWeekCount={false}
            height={view === 'week' ? WEEK_HEIGHT : 'auto'}
            slotMinHeight={SLOT_HEIGHT}
            eventDisplay="block"
            listItemEventBeforeClass={classes.gone ?? ''}
            highlightClass={classes.highlight ?? ''}
            allDaySlot={false}
            slotEventOverlap={false}
            scrollTime="07:00"
            snapDuration="00:05"
            defaultTimedEventDuration="00:30"
            eventDurationEditable={false}
            eventInteractive={false}
            dayMaxEvents={CARDS_A_DAY}
            moreLinkClick="popover"
            nowIndicator
            droppable
            dragRevertDuration={0}
            events={events}
            eventOrder="start,order"
            noEventsText={t('calendar.emptyList')}
            eventClass={classes.event ?? ''}
            eventAllow={({ start }, moved) => {
              const entry = entryOf(moved?.extendedProps);
              if (entry === null || !mayStand(entry, start)) return false;
              // Told on the day itself, before the card is let go.
              setAim(wallOn(entry, start));
              return true;
            }}
            eventContent={({ event, view: { type } }) => {
              const entry = entryOf(event.extendedProps);
              if (entry === null || event.start === null) return null;
              return (
                <CalendarCard entry={entry} wall={wallOn(entry, event.start)} compact={type === VIEW_TYPES.week} />
              );
            }}
            dayCellTopContent={({ date, dayNumberText, isToday }) => (
              <DayTop text={dayNumberText} date={date} isToday={isToday} zones={zones} />
            )}
            dayHeaderContent={({ date, text, isToday, view: { type } }) =>
              type === VIEW_TYPES.week ? <DayTop text={text} date={date} isToday={isToday} zones={zones} /> : text
            }
            eventDrop={({ event, revert }) => {
              const entry = entryOf(event.extendedProps);
              if (entry !== null) void place(entry, event.start, revert);
            }}
            eventReceive={({ event, revert }) => {
              const entry = entryOf(event.extendedProps);
              const { start } = event;
              // The card that stays is the host's answer, not this one.
              revert();
              if (entry !== null) void place(entry, start, () => undefined);
            }}
            eventDragStop={({ event, jsEvent }) => {
              const entry = entryOf(event.extendedProps);
              if (entry !== null && isOver(tray.current, jsEvent)) void onPlace([{ id: entry.id, at: null }]);
            }}
          />
        </AimProvider>
      </div>
      <Tray entries={unplanned} trayRef={tray} onFill={onFill} />
    </div>
  );
}

function eventOf(entry: CalendarEntry): EventInput[] {
  if (entry.wall === null) return [];
  const start = `${entry.wall}:00`;
  return [{ id: entry.id, title: entry.title, start, startEditable: isMovable(entry), extendedProps: { entry } }];
}

/** The article of an event; events carry it along. */
function entryOf(props: Record<string, unknown> | undefined): CalendarEntry | null {
  return (props?.entry as CalendarEntry | undefined) ?? null;
}

/** Wall times at which a site has something. */
function takenBy(entries: readonly CalendarEntry[], siteId: string): string[] {
  return entries.flatMap((entry) => (entry.siteId === siteId && entry.wall !== null ? [entry.wall] : []));
}

function isOver(element: HTMLElement | null, { clientX, clientY }: MouseEvent): boolean {
  if (element === null) return false;
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}
