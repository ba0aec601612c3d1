/** What can be done with clusters, one or many. Everything but finding ideas is free and can be taken back. */
import { CircleOff, CirclePlay, Eye, Lightbulb, Pencil, Trash2 } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { idsChosen } from '../../data/chosen';
import { useHost } from '../../data/host';
import { rowChoice } from '../../data/list';
import { tell } from '../../data/problems';
import { useUndoable } from '../../data/undo';
import type { ClusterRow, ListFilter, Selection } from '../../host';
import { formatCount } from '../../kit/format';
import type { BulkAction, RowAction } from '../../kit/table/types';

type Options = {
  filter: ListFilter;
  onOpen: (id: string) => void;
  onEdit: (row: ClusterRow) => void;
  /** Asks whether ideas shall be found for these; `clear` takes the choice of rows back. */
  onFindIdeas: (ids: string[], clear?: () => void) => void;
};

export type ClusterActs = { rowActions: readonly RowAction<ClusterRow>[]; bulkActions: readonly BulkAction[] };

const ICON = { size: '1rem', 'aria-hidden': true } as const;

export function useClusterActs(options: Options): ClusterActs {
  const { t } = useTranslation();
  const { commands } = useHost();
  const remove = useUndoable(
    'clustersRemove',
    'clustersRestore',
    ({ ids }) => [ids],
    ({ ids }) => t('clusters.removed', counted(ids)),
  );
  const disable = useUndoable(
    'clustersSetDisabled',
    'clustersSetDisabled',
    ({ ids }, [, disabled]) => [{ kind: 'ids', ids }, !disabled],
    ({ ids }, [, disabled]) => t(disabled ? 'clusters.disabledDone' : 'clusters.enabledDone', counted(ids)),
  );
  // The list keeps its actions between renders; they read what they need at the time they run.
  const now = useRef({ ...options, remove, disable });
  now.current = { ...options, remove, disable };

  const bulkActions = useMemo<readonly BulkAction[]>(() => {
    const chosen = (selection: Parameters<typeof rowChoice>[0]) => rowChoice(selection, now.current.filter);
    return [
      {
        id: 'findIdeas',
        label: t('clusters.action.findIdeas'),
        icon: <Lightbulb {...ICON} />,
        run: (selection, clear) => {
          idsChosen(commands, 'clusters', selection, now.current.filter)
            .then((ids) => now.current.onFindIdeas(ids, clear))
            .catch(tell);
        },
      },
      {
        id: 'disable',
        label: t('clusters.action.disable'),
        icon: <CircleOff {...ICON} />,
        run: (selection, clear) => void now.current.disable([chosen(selection), true], clear),
      },
      {
        id: 'enable',
        label: t('clusters.action.enable'),
        icon: <CirclePlay {...ICON} />,
        run: (selection, clear) => void now.current.disable([chosen(selection), false], clear),
      },
      {
        id: 'remove',
        label: t('clusters.action.remove'),
        tone: 'danger',
        icon: <Trash2 {...ICON} />,
        run: (selection, clear) => void now.current.remove([chosen(selection)], clear),
      },
    ];
  }, [t, commands]);

  const rowActions = useMemo<readonly RowAction<ClusterRow>[]>(
    () => [
      {
        id: 'open',
        label: t('clusters.action.open'),
        icon: <Eye {...ICON} />,
        shortcut: 'open',
        run: ({ id }) => now.current.onOpen(id),
      },
      {
        id: 'edit',
        label: t('clusters.action.edit'),
        icon: <Pencil {...ICON} />,
        quick: true,
        shortcut: 'edit',
        run: (row) => now.current.onEdit(row),
      },
      {
        id: 'findIdeas',
        label: t('clusters.action.findIdeas'),
        icon: <Lightbulb {...ICON} />,
        applies: waitsForIdeas,
        run: ({ id }) => now.current.onFindIdeas([id]),
      },
      {
        id: 'disable',
        label: t('clusters.action.disable'),
        icon: <CircleOff {...ICON} />,
        applies: ({ isDisabled }) => !isDisabled,
        run: ({ id }) => void now.current.disable([only(id), true]),
      },
      {
        id: 'enable',
        label: t('clusters.action.enable'),
        icon: <CirclePlay {...ICON} />,
        applies: ({ isDisabled }) => isDisabled,
        run: ({ id }) => void now.current.disable([only(id), false]),
      },
      {
        id: 'remove',
        label: t('clusters.action.remove'),
        icon: <Trash2 {...ICON} />,
        tone: 'danger',
        run: ({ id }) => void now.current.remove([only(id)]),
      },
    ],
    [t],
  );
  return { rowActions, bulkActions };
}

/** Whether finding ideas would do anything for a cluster. */
export function waitsForIdeas({ status, isDisabled }: ClusterRow): boolean {
  return status === 'new' && !isDisabled;
}

function only(id: string): Selection {
  return { kind: 'ids', ids: [id] };
}

function counted(ids: readonly string[]) {
  return { count: ids.length, amount: formatCount(ids.length) };
}
