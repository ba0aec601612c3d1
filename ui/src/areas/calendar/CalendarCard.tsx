/** An article in the calendar: its time, title and state, with a menu of what can be done about it. */
import { Menu } from '@mantine/core';
import { CloudUpload } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { statusOf } from '../../data/status';
import type { CalendarEntry } from '../../host';
import { useNow } from '../../kit/clock';
import { formatDateTime, localZone, zoneCity } from '../../kit/format';
import { Hint } from '../../kit/Hint';
import { StatusDot } from '../../kit/StatusDot';
import { deliveryWords } from '../../parts/publishing';
import classes from './calendar.module.css';
import { useCards } from './cards';
import { isMovable } from './plan';

const WEEK = 7;
/** Frames in which a card is waited for that is being put in its place, and takes no focus until it is there. */
const TRIES = 30;

type Props = {
  entry: CalendarEntry;
  /** What clocks are to show where it is being moved to; while nobody moves it, its own time. */
  wall?: string | null;
  /** Three lines, where the room is for half an hour. */
  compact?: boolean;
};

export function CalendarCard({ entry, wall = entry.wall, compact = false }: Props) {
  const { t } = useTranslation();
  const { chosen, menuOf, openMenu, toggle, move, actsOf, stripeOf, tellsZone, following } = useCards();
  const button = useFollowing(entry.id, following);
  const about = useAbout(entry);
  const isChosen = chosen.has(entry.id);
  const press = (event: MouseEvent) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    toggle(entry.id);
  };
  const onKey = (event: KeyboardEvent) => {
    const days = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (days !== undefined && isMovable(entry) && entry.wall !== null) move(entry, event.shiftKey ? days * WEEK : days);
    else if (event.key === 'x') toggle(entry.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Menu
      opened={menuOf === entry.id}
      onChange={(opened) => openMenu(opened ? entry.id : null)}
      position="bottom-start"
    >
      <Hint label={about} disabled={menuOf === entry.id}>
        <Menu.Target>
          <button
            ref={button}
            type="button"
            className={classes.card}
            data-card={entry.id}
            data-chosen={isChosen || undefined}
            data-compact={compact || undefined}
            data-movable={isMovable(entry) || undefined}
            style={{ '--stripe': stripeOf(entry.siteId) }}
            onClickCapture={press}
            // The hint and the menu listen as well; a key that is the card's own is not theirs.
            onKeyDownCapture={onKey}
          >
            {wall !== null && (
              <span className={classes.time} data-figures>
                {wall.slice(11, 16)}
                {tellsZone && <span className={classes.city}> {zoneCity(entry.zone)}</span>}
              </span>
            )}
            <span className={classes.name}>{entry.title}</span>
            {!(compact && entry.isUnsent) && (
              <span className={classes.state}>
                <StatusDot {...statusOf('calendar', entry.state)} />
              </span>
            )}
            {entry.isUnsent && (
              <span className={classes.unsent}>
                <CloudUpload size="0.75rem" aria-hidden />
                {t('calendar.unsent')}
              </span>
            )}
            {isChosen && <span className={classes.hidden}>{t('calendar.chosen')}</span>}
          </button>
        </Menu.Target>
      </Hint>
      <Menu.Dropdown>
        {menuOf === entry.id &&
          actsOf(entry).map(({ id, label, icon, run }) => (
            <Menu.Item key={id} leftSection={icon} onClick={run}>
              {label}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Keeps the focus on a card that was moved by key, which is drawn anew on its other day. */
function useFollowing(id: string, following: RefObject<string | null>): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (following.current !== id) return;
    let tries = 0;
    let frame = requestAnimationFrame(function take() {
      tries += 1;
      button.current?.focus();
      if (document.activeElement === button.current || tries === TRIES) following.current = null;
      else frame = requestAnimationFrame(take);
    });
    return () => cancelAnimationFrame(frame);
  }, [id, following]);
  return button;
}

/** Whose it is, when it goes out there and here, where it stands with the site, and why it does not get there. */
function useAbout({ at, zone, title, site, isHandedOver, code }: CalendarEntry): string {
  const { t } = useTranslation();
  const now = useNow();
  const lines = [title, site];
  if (at !== null) {
    lines.push(formatDateTime(at, zone, now));
    if (zone !== localZone()) lines.push(t('calendar.here', { time: formatDateTime(at, localZone(), now) }));
  }
  if (isHandedOver) lines.push(t('calendar.handedOver', { site }));
  if (code !== '') lines.push(deliveryWords({ host: site, code, note: '' }));
  return lines.join('\n');
}
