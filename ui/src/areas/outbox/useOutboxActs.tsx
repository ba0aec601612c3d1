/** What can be done about deliveries: read the article, try now, make another post, take out. */
import { useNavigate } from '@tanstack/react-router';
import { BookOpen, FilePlus, RotateCw, SearchX, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { idsChosen } from '../../data/chosen';
import { useAct } from '../../data/command';
import { useHost } from '../../data/host';
import { tell } from '../../data/problems';
import { useUndoable } from '../../data/undo';
import type { ListFilter, OutboxRow } from '../../host';
import { formatCount } from '../../kit/format';
import type { BulkAction, RowAction, Selection } from '../../kit/table/types';
import { toast } from '../../kit/toasts';
import { articleAddress } from '../../parts/pages';
import { REFUSALS } from '../../parts/publishing';

const ICON = { size: '1rem', 'aria-hidden': true } as const;
const ALL: Selection = { all: true, except: new Set() };

export function useOutboxActs(filter: ListFilter): {
  rowActions: readonly RowAction<OutboxRow>[];
  bulkActions: readonly BulkAction[];
  retryAll: () => void;
} {
  const { t } = useTranslation();
  const { commands } = useHost();
  const navigate = useNavigate();
  const { mutate: retry } = useAct('outboxRetry');
  const discard = useUndoable(
    'outboxDiscard',
    'outboxRestore',
    ({ ids }) => [ids],
    ({ ids }) => t('outbox.discarded', { count: ids.length, amount: formatCount(ids.length) }),
  );
  const retryAs = (ids: string[], clear?: () => void) =>
    retry([ids], {
      onSuccess: (asked) => {
        clear?.();
        toast('info', t('outbox.retried', { count: asked.ids.length, amount: formatCount(asked.ids.length) }));
      },
      onError: tell,
    });
  const chosen = (selection: Selection, act: (ids: string[]) => void) => {
    idsChosen(commands, 'outbox', selection, filter).then(act).catch(tell);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the acts are the same at every drawing.
  const rowActions = useMemo<RowAction<OutboxRow>[]>(
    () => [
      {
        id: 'open',
        label: t('articles.act.open'),
        icon: <BookOpen {...ICON} />,
        shortcut: 'open',
        run: ({ articleId }) => void navigate(articleAddress(articleId)),
      },
      {
        id: 'retry',
        label: t('outbox.act.retry'),
        icon: <RotateCw {...ICON} />,
        quick: true,
        letter: 'r',
        applies: isStill,
        run: ({ id }) => retryAs([id]),
      },
      {
        id: 'anew',
        label: t('articles.act.publishAnew'),
        icon: <FilePlus {...ICON} />,
        applies: (row) => row.postIsMissing,
        // The article says what that means, and asks.
        run: ({ articleId }) => void navigate(articleAddress(articleId)),
      },
      {
        id: 'passage',
        label: t('passages.find'),
        icon: <SearchX {...ICON} />,
        applies: ({ state, code }) => state === 'parked' && REFUSALS.includes(code),
        // The article has the search, and what it found.
        run: ({ articleId }) => void navigate(articleAddress(articleId)),
      },
      {
        id: 'discard',
        label: t('outbox.act.discard'),
        icon: <Trash2 {...ICON} />,
        tone: 'danger',
        quick: true,
        applies: isStill,
        run: ({ id }) => void discard([[id]]),
      },
    ],
    [t, navigate],
  );
  const bulkActions: BulkAction[] = [
    {
      id: 'retry',
      label: t('outbox.act.retry'),
      icon: <RotateCw {...ICON} />,
      run: (selection, clear) => chosen(selection, (ids) => retryAs(ids, clear)),
    },
    {
      id: 'discard',
      label: t('outbox.act.discard'),
      icon: <Trash2 {...ICON} />,
      tone: 'danger',
      run: (selection, clear) => chosen(selection, (ids) => void discard([ids], clear)),
    },
  ];
  return { rowActions, bulkActions, retryAll: () => chosen(ALL, (ids) => retryAs(ids)) };
}

/** Nobody works on it this moment. */
function isStill({ state }: OutboxRow): boolean {
  return state !== 'in_hand';
}
