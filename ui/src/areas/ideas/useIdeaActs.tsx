/** What can be done with ideas, one or many. Queueing is free; writing is asked about with its price. */
import { Eye, ListPlus, Pencil, PenLine, RotateCcw, Trash2 } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { rowChoice } from '../../data/list';
import { tell } from '../../data/problems';
import { useUndoable } from '../../data/undo';
import type { IdeaRow, ListFilter, Selection } from '../../host';
import { formatCount } from '../../kit/format';
import type { BulkAction, RowAction } from '../../kit/table/types';
import { toast } from '../../kit/toasts';

type Options = {
  filter: ListFilter;
  onOpen: (id: string) => void;
  onEdit: (row: IdeaRow) => void;
  /** Asks whether these ideas shall be written now; `clear` takes the choice back once they are. */
  onWrite: (ideas: Selection, clear?: () => void) => void;
  /** Asks whether the task of an idea, which failed, shall be tried again. */
  onRetry: (taskId: string) => void;
};

export type IdeaActs = {
  rowActions: readonly RowAction<IdeaRow>[];
  bulkActions: readonly BulkAction[];
  queue: (id: string) => void;
};

const ICON = { size: '1rem', 'aria-hidden': true } as const;

export function useIdeaActs(options: Options): IdeaActs {
  const { t } = useTranslation();
  const queueing = useAct('ideasQueue');
  const remove = useUndoable(
    'ideasRemove',
    'ideasRestore',
    ({ ids }) => [ids],
    ({ ids }) => t('ideas.removed', counted(ids)),
  );
  const queue = (selection: Selection, after?: () => void) =>
    queueing.mutate([selection], {
      onSuccess: ({ ids }) => {
        toast(ids.length === 0 ? 'info' : 'success', t('ideas.queued', counted(ids)));
        after?.();
      },
      onError: tell,
    });
  // The list keeps its actions between renders; they read what they need at the time they run.
  const now = useRef({ ...options, remove, queue });
  now.current = { ...options, remove, queue };

  const bulkActions = useMemo<readonly BulkAction[]>(() => {
    const chosen = (selection: Parameters<typeof rowChoice>[0]) => rowChoice(selection, now.current.filter);
    return [
      {
        id: 'queue',
        label: t('ideas.action.queue'),
        icon: <ListPlus {...ICON} />,
        run: (selection, clear) => now.current.queue(chosen(selection), clear),
      },
      {
        id: 'write',
        label: t('ideas.action.write'),
        icon: <PenLine {...ICON} />,
        run: (selection, clear) => now.current.onWrite(chosen(selection), clear),
      },
      {
        id: 'remove',
        label: t('ideas.action.remove'),
        tone: 'danger',
        icon: <Trash2 {...ICON} />,
        run: (selection, clear) => void now.current.remove([chosen(selection)], clear),
      },
    ];
  }, [t]);

  const rowActions = useMemo<readonly RowAction<IdeaRow>[]>(
    () => [
      {
        id: 'open',
        label: t('ideas.action.open'),
        icon: <Eye {...ICON} />,
        shortcut: 'open',
        run: ({ id }) => now.current.onOpen(id),
      },
      {
        id: 'edit',
        label: t('ideas.action.edit'),
        icon: <Pencil {...ICON} />,
        quick: true,
        shortcut: 'edit',
        run: (row) => now.current.onEdit(row),
      },
      {
        id: 'queue',
        label: t('ideas.action.queue'),
        icon: <ListPlus {...ICON} />,
        applies: canBeQueued,
        run: ({ id }) => now.current.queue(only(id)),
      },
      {
        id: 'write',
        label: t('ideas.action.write'),
        icon: <PenLine {...ICON} />,
        applies: canBeQueued,
        run: ({ id }) => now.current.onWrite(only(id)),
      },
      {
        id: 'retry',
        label: t('ideas.action.retry'),
        icon: <RotateCcw {...ICON} />,
        quick: true,
        applies: canBeTriedAgain,
        run: ({ taskId }) => {
          if (taskId !== null) now.current.onRetry(taskId);
        },
      },
      {
        id: 'remove',
        label: t('ideas.action.remove'),
        icon: <Trash2 {...ICON} />,
        tone: 'danger',
        run: ({ id }) => void now.current.remove([only(id)]),
      },
    ],
    [t],
  );
  return { rowActions, bulkActions, queue: (id) => queue(only(id)) };
}

/** Whether queueing would do anything for an idea. */
export function canBeQueued({ status, isDisabled }: IdeaRow): boolean {
  return status === 'new' && !isDisabled;
}

/** Whether its task failed. */
export function canBeTriedAgain({ status, taskId }: IdeaRow): boolean {
  return status === 'failed' && taskId !== null;
}

function only(id: string): Selection {
  return { kind: 'ids', ids: [id] };
}

function counted(ids: readonly string[]) {
  return { count: ids.length, amount: formatCount(ids.length) };
}
