/** What can be done with approved articles: publish, look at the proof, open on the site, send back. */
import { useNavigate } from '@tanstack/react-router';
import {
  BookOpen,
  CalendarClock,
  CalendarOff,
  ExternalLink,
  FilePlus,
  ReceiptText,
  Send,
  Trash2,
  Undo2,
} from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../data/host';
import { rowChoice } from '../data/list';
import { tell } from '../data/problems';
import type { ContentRow, ListFilter } from '../host';
import type { BulkAction, ListView, RowAction } from '../kit/table/types';
import { toast } from '../kit/toasts';
import { selectionOf, useArticleMoves } from './articleMoves';
import { articleAddress } from './pages';
import { isDelivered, isPostMissing, isPublishable, type PublishRequest, publishable, requestOf } from './publishing';
import { isSchedulable, isScheduled, schedulable, useScheduling } from './scheduling';

const ICON = { size: '1rem', 'aria-hidden': true } as const;

type Options = {
  filter: ListFilter;
  sort: ListView['sort'];
  loaded: readonly ContentRow[];
  onPublish: (request: PublishRequest, clear?: () => void) => void;
  onReceipt: (contentId: string) => void;
  onSchedule: (ids: readonly string[], clear?: () => void) => void;
};

export function useApprovedActs({ filter, sort, loaded, onPublish, onReceipt, onSchedule }: Options): {
  rowActions: readonly RowAction<ContentRow>[];
  bulkActions: readonly BulkAction[];
} {
  const { t } = useTranslation();
  const host = useHost();
  const navigate = useNavigate();
  const move = useArticleMoves();
  const schedule = useScheduling();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the acts close over what stays the same.
  const rowActions = useMemo<RowAction<ContentRow>[]>(
    () => [
      {
        id: 'open',
        label: t('articles.act.open'),
        icon: <BookOpen {...ICON} />,
        shortcut: 'open',
        run: ({ id }) => void navigate(articleAddress(id)),
      },
      {
        id: 'publish',
        label: t('articles.act.publish'),
        icon: <Send {...ICON} />,
        quick: true,
        letter: 'p',
        applies: isPublishable,
        run: (row) => onPublish(requestOf(row)),
      },
      {
        id: 'schedule',
        label: t('schedule.act.schedule'),
        icon: <CalendarClock {...ICON} />,
        quick: true,
        letter: 's',
        applies: isSchedulable,
        run: ({ id }) => onSchedule([id]),
      },
      {
        id: 'unschedule',
        label: t('schedule.act.off'),
        icon: <CalendarOff {...ICON} />,
        applies: isScheduled,
        run: ({ id }) => void schedule([{ id, at: null }]),
      },
      {
        id: 'anew',
        label: t('articles.act.publishAnew'),
        icon: <FilePlus {...ICON} />,
        quick: true,
        applies: isPostMissing,
        run: (row) => onPublish({ ...requestOf(row), anew: true }),
      },
      {
        id: 'receipt',
        label: t('articles.act.receipt'),
        icon: <ReceiptText {...ICON} />,
        quick: true,
        applies: ({ delivery }) => delivery === 'published',
        run: ({ id }) => onReceipt(id),
      },
      {
        id: 'site',
        label: t('articles.act.onSite'),
        icon: <ExternalLink {...ICON} />,
        applies: ({ externalUrl }) => externalUrl !== null,
        run: ({ externalUrl }) => {
          if (externalUrl !== null) show(externalUrl).catch(tell);
        },
      },
      {
        id: 'back',
        label: t('articles.act.sendBack'),
        icon: <Undo2 {...ICON} />,
        applies: (row) => !isDelivered(row),
        run: ({ id }) => void move('backToReview', selectionOf([id])),
      },
      {
        id: 'remove',
        label: t('articles.act.remove'),
        icon: <Trash2 {...ICON} />,
        tone: 'danger',
        run: ({ id }) => void move('removed', selectionOf([id])),
      },
    ],
    [t],
  );
  const bulkActions: BulkAction[] = [
    {
      id: 'schedule',
      label: t('schedule.act.schedule'),
      icon: <CalendarClock {...ICON} />,
      run: (selection, clear) =>
        void schedulable(host.commands, selection, { filter, sort, loaded })
          .then((ids) => {
            if (ids.length === 0) toast('info', t('schedule.none'));
            else onSchedule(ids, clear);
          })
          .catch(tell),
    },
    {
      id: 'publish',
      label: t('articles.act.publish'),
      icon: <Send {...ICON} />,
      run: (selection, clear) =>
        void publishable(host.commands, selection, filter, loaded)
          .then((request) => {
            if (request.ids.length === 0) toast('info', t('articles.publish.none'));
            else onPublish(request, clear);
          })
          .catch(tell),
    },
    {
      id: 'back',
      label: t('articles.act.sendBack'),
      icon: <Undo2 {...ICON} />,
      run: (selection, clear) => void move('backToReview', rowChoice(selection, filter), clear),
    },
  ];
  return { rowActions, bulkActions };

  /** In the browser, or in the system's file browser. */
  function show(url: string): Promise<void> {
    return /^https?:/.test(url) ? host.openExternal(url) : host.revealPath(url);
  }
}
