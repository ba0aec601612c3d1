/** What can be done with keywords, one by one and in bulk; each act can be taken back. */
import { Ban, CircleCheck, FolderInput, Network, Pencil, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { rowChoice } from '../../data/list';
import { useUndoable } from '../../data/undo';
import type { Selection as Choice, KeywordRow, ListFilter } from '../../host';
import { formatCount } from '../../kit/format';
import type { BulkAction, RowAction, Selection } from '../../kit/table/types';

type Doors = {
  filter: ListFilter;
  /** Opens the fields of a keyword. */
  onEdit: (row: KeywordRow) => void;
  /** Asks for a cluster to move to. */
  onMove: (choice: Choice, clear: () => void) => void;
  /** Asks whether to pay for clustering. */
  onCluster: (selection: Selection, clear: () => void) => void;
};

export type KeywordActs = {
  rowActions: readonly RowAction<KeywordRow>[];
  bulkActions: readonly BulkAction[];
};

const ICON = { size: '1rem', 'aria-hidden': true } as const;

export function useKeywordActs({ filter, onEdit, onMove, onCluster }: Doors): KeywordActs {
  const { t } = useTranslation();
  const counted = (key: 'removed' | 'disabledDone' | 'enabledDone', count: number) =>
    t(`keywords.${key}`, { count, amount: formatCount(count) });
  const remove = useUndoable(
    'keywordsRemove',
    'keywordsRestore',
    ({ ids }) => [ids],
    ({ ids }) => counted('removed', ids.length),
  );
  const setDisabled = useUndoable(
    'keywordsSetDisabled',
    'keywordsSetDisabled',
    ({ ids }, [, disabled]) => [{ kind: 'ids', ids }, !disabled],
    ({ ids }, [, disabled]) => counted(disabled ? 'disabledDone' : 'enabledDone', ids.length),
  );
  const one = ({ id }: KeywordRow): Choice => ({ kind: 'ids', ids: [id] });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the acts answer to the window's words alone and keep no state.
  const rowActions = useMemo<readonly RowAction<KeywordRow>[]>(
    () => [
      { id: 'open', label: t('keywords.act.edit'), icon: <Pencil {...ICON} />, shortcut: 'open', run: onEdit },
      {
        id: 'move',
        label: t('keywords.act.move'),
        icon: <FolderInput {...ICON} />,
        run: (row) => onMove(one(row), () => {}),
      },
      {
        id: 'disable',
        label: t('keywords.act.disable'),
        icon: <Ban {...ICON} />,
        applies: ({ isDisabled }) => !isDisabled,
        run: (row) => void setDisabled([one(row), true]),
      },
      {
        id: 'enable',
        label: t('keywords.act.enable'),
        icon: <CircleCheck {...ICON} />,
        applies: ({ isDisabled }) => isDisabled,
        run: (row) => void setDisabled([one(row), false]),
      },
      {
        id: 'remove',
        label: t('keywords.act.remove'),
        icon: <Trash2 {...ICON} />,
        tone: 'danger',
        run: (row) => void remove([one(row)]),
      },
    ],
    [t, onEdit, onMove],
  );

  const bulkActions: readonly BulkAction[] = [
    { id: 'cluster', label: t('keywords.act.cluster'), icon: <Network {...ICON} />, run: onCluster },
    {
      id: 'move',
      label: t('keywords.act.move'),
      icon: <FolderInput {...ICON} />,
      run: (selection, clear) => onMove(rowChoice(selection, filter), clear),
    },
    {
      id: 'disable',
      label: t('keywords.act.disable'),
      icon: <Ban {...ICON} />,
      run: (selection, clear) => void setDisabled([rowChoice(selection, filter), true], clear),
    },
    {
      id: 'enable',
      label: t('keywords.act.enable'),
      icon: <CircleCheck {...ICON} />,
      run: (selection, clear) => void setDisabled([rowChoice(selection, filter), false], clear),
    },
    {
      id: 'remove',
      label: t('keywords.act.remove'),
      icon: <Trash2 {...ICON} />,
      tone: 'danger',
      run: (selection, clear) => void remove([rowChoice(selection, filter)], clear),
    },
  ];
  return { rowActions, bulkActions };
}
