/** What can be done in the calendar, with one card or with those that are chosen, and what is asked before it is done. */
import { useNavigate } from '@tanstack/react-router';
import { BookOpen, CalendarClock, CalendarMinus, Check, ExternalLink, Inbox, ReceiptText, Send } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/command';
import { unwrap } from '../../data/fault';
import { useHost } from '../../data/host';
import { tell } from '../../data/problems';
import type { CalendarEntry, SchedulePlacement } from '../../host';
import type { BulkAction } from '../../kit/table/types';
import { selectionOf, useArticleMoves } from '../../parts/articleMoves';
import { addressOf, articleAddress } from '../../parts/pages';
import { type PublishRequest, requestOf } from '../../parts/publishing';
import { useFilling, useScheduling } from '../../parts/scheduling';
import { bulkActsOf } from './bulkActs';
import type { CardAct, Cards } from './cards';
import { hasTime, isMovable, isShown, plusDays, shifted } from './plan';
import type { CalendarView } from './useCalendarView';

const ICON = { size: '1rem', 'aria-hidden': true } as const;
/** Colours of a series in the theme. */
const STRIPES = 6;

/** What is asked, one at a time. */
export type Question =
  | { kind: 'publish'; request: PublishRequest; site: string }
  | { kind: 'time'; ids: readonly string[]; zone: string }
  | { kind: 'receipt'; id: string }
  | { kind: 'shift'; entries: readonly CalendarEntry[] };

type Options = {
  entries: readonly CalendarEntry[];
  siteIds: readonly string[];
  /** Zones of the sites on show. */
  zones: readonly string[];
  view: CalendarView;
};

export function useCalendarActs({ entries, siteIds, zones, view }: Options): {
  cards: Cards;
  chosen: readonly CalendarEntry[];
  clear: () => void;
  bulkActions: readonly BulkAction[];
  place: (placements: SchedulePlacement[]) => Promise<boolean>;
  /** Gives the articles of a site that wait the next free times; only these where any are named. */
  fill: (siteId: string, ids: readonly string[]) => Promise<void>;
  question: Question | null;
  ask: (question: Question | null) => void;
} {
  const { t } = useTranslation();
  const host = useHost();
  const navigate = useNavigate();
  const place = useScheduling();
  const step = useArticleMoves();
  const fill = useFilling();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [menuOf, openMenu] = useState<string | null>(null);
  const [question, ask] = useState<Question | null>(null);
  const following = useRef<string | null>(null);
  const chosen = useMemo(() => entries.filter(({ id }) => ids.has(id)), [entries, ids]);
  const clear = () => setIds(new Set());

  const move = async (entry: CalendarEntry, days: number) => {
    if (entry.wall === null) return;
    const wall = plusDays(entry.wall, days);
    following.current = entry.id;
    const isPlaced = await place([{ id: entry.id, at: wall }]);
    if (!isPlaced) following.current = null;
    else if (!isShown(view.name, view.day, wall)) view.goTo(wall.slice(0, 10));
  };
  const publish = (entry: CalendarEntry) => {
    call(host.commands, 'content', [entry.id])
      .then((answer) => ask({ kind: 'publish', request: requestOf(unwrap(answer).row), site: entry.site }))
      .catch(tell);
  };
  const show = (url: string) => {
    (/^https?:/.test(url) ? host.openExternal(url) : host.revealPath(url)).catch(tell);
  };
  const actsOf = (entry: CalendarEntry): CardAct[] => {
    const { id, zone, externalUrl } = entry;
    const acts: (CardAct | false)[] = [
      {
        id: 'open',
        label: t('articles.act.open'),
        icon: <BookOpen {...ICON} />,
        run: () => void navigate(articleAddress(id)),
      },
      entry.state === 'review' && {
        id: 'approve',
        label: t('articles.act.approve'),
        icon: <Check {...ICON} />,
        run: () => void step('approved', selectionOf([id])),
      },
      isMovable(entry) && {
        id: 'time',
        label: t(entry.wall === null ? 'schedule.act.schedule' : 'schedule.act.move'),
        icon: <CalendarClock {...ICON} />,
        run: () => ask({ kind: 'time', ids: [id], zone }),
      },
      isMovable(entry) && {
        id: 'publish',
        label: t('articles.act.publish'),
        icon: <Send {...ICON} />,
        run: () => publish(entry),
      },
      hasTime(entry) && {
        id: 'off',
        label: t('schedule.act.off'),
        icon: <CalendarMinus {...ICON} />,
        run: () => void place([{ id, at: null }]),
      },
      entry.code !== '' && {
        id: 'outbox',
        label: t('calendar.toOutbox'),
        icon: <Inbox {...ICON} />,
        run: () => void navigate(addressOf('outbox')),
      },
      entry.state === 'published' && {
        id: 'receipt',
        label: t('articles.act.receipt'),
        icon: <ReceiptText {...ICON} />,
        run: () => ask({ kind: 'receipt', id }),
      },
      externalUrl !== null && {
        id: 'site',
        label: t('articles.act.onSite'),
        icon: <ExternalLink {...ICON} />,
        run: () => show(externalUrl),
      },
    ];
    return acts.filter((act) => act !== false);
  };
  const cards: Cards = {
    chosen: ids,
    menuOf,
    openMenu,
    toggle: (id) =>
      setIds((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    move: (entry, days) => void move(entry, days),
    actsOf,
    following,
    tellsZone: zones.length > 1,
    stripeOf: (siteId) => `var(--color-series-${(Math.max(siteIds.indexOf(siteId), 0) % STRIPES) + 1})`,
  };
  const bulkActions = bulkActsOf(chosen, { ask, place, fill, clear });
  return { cards, chosen, clear, bulkActions, place, fill, question, ask };
}

/** Placements of what a shift asks for. */
export function shiftOf(question: Question | null, days: number): SchedulePlacement[] {
  return question?.kind === 'shift' ? shifted(question.entries, days) : [];
}
