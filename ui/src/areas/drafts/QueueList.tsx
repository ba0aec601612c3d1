/** Tasks that wait to be written, oldest first, and those whose last attempt failed. */
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { PenLine, RotateCcw, Trash2 } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { idsChosen } from '../../data/chosen';
import { useHost } from '../../data/host';
import { listFilter, rowChoice, useFilters, useList } from '../../data/list';
import { tell } from '../../data/problems';
import { useUndoable } from '../../data/undo';
import type { OperationRequest, TaskRow } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { formatCount } from '../../kit/format';
import { DataTable } from '../../kit/table/DataTable';
import type { BulkAction, RowAction } from '../../kit/table/types';
import { useListView } from '../../kit/table/useListView';
import { articleFilters } from '../../parts/articleFilters';
import { selectionOf } from '../../parts/articleMoves';
import { addressOf } from '../../parts/pages';
import { StartDialog } from '../../parts/StartDialog';
import type { DraftListProps } from './DraftList';
import { queueColumns } from './queueColumns';
import { IN_QUEUE } from './states';

const idOf = (row: TaskRow) => row.id;
const nameOf = (row: TaskRow) => row.title;

export function QueueList({ site, sector, onStarted }: DraftListProps) {
  const { t } = useTranslation();
  const { commands } = useHost();
  const navigate = useNavigate();
  const [view, setView] = useListView();
  const filter = { ...listFilter({ site, sector }, view), status: [...IN_QUEUE] };
  const source = useList('tasks', filter, view.sort);
  const words = useMemo(() => articleFilters('clusterId', 'contentStructure'), []);
  const filters = useFilters('tasks', filter, words);
  const columns = useMemo(queueColumns, []);
  const [asked, setAsked] = useState<{ request: OperationRequest; clear?: () => void } | null>(null);
  const writing = useCallback(
    (ids: string[]): OperationRequest => ({ function: 'generate_content', siteId: site.id, ids }),
    [site.id],
  );
  const remove = useUndoable(
    'tasksRemove',
    'tasksRestore',
    ({ ids }) => [ids],
    ({ ids }) => t('drafts.removed', { count: ids.length, amount: formatCount(ids.length) }),
  );
  // The list keeps its actions between renders.
  const now = useRef(remove);
  now.current = remove;
  const rowActions = useMemo<RowAction<TaskRow>[]>(
    () => [
      {
        id: 'write',
        label: t('drafts.write'),
        icon: <PenLine size="1rem" aria-hidden />,
        quick: true,
        shortcut: 'open',
        applies: ({ status }) => status === 'queued',
        run: ({ id }) => setAsked({ request: writing([id]) }),
      },
      {
        id: 'retry',
        label: t('drafts.retry'),
        icon: <RotateCcw size="1rem" aria-hidden />,
        quick: true,
        applies: ({ status }) => status === 'failed',
        run: ({ id }) => setAsked({ request: { ...writing([id]), retry: true } }),
      },
      {
        id: 'remove',
        label: t('drafts.remove'),
        icon: <Trash2 size="1rem" aria-hidden />,
        tone: 'danger',
        run: ({ id }) => void now.current([selectionOf([id])]),
      },
    ],
    [t, writing],
  );
  const bulkActions: BulkAction[] = [
    {
      id: 'write',
      label: t('drafts.write'),
      icon: <PenLine size="1rem" aria-hidden />,
      run: (selection, clear) =>
        void idsChosen(commands, 'tasks', selection, filter)
          .then((ids) => setAsked({ request: writing(ids), clear }))
          .catch(tell),
    },
    {
      id: 'retry',
      label: t('drafts.retry'),
      icon: <RotateCcw size="1rem" aria-hidden />,
      run: (selection, clear) =>
        void idsChosen(commands, 'tasks', selection, filter)
          .then((ids) => setAsked({ request: { ...writing(ids), retry: true }, clear }))
          .catch(tell),
    },
    {
      id: 'remove',
      label: t('drafts.remove'),
      icon: <Trash2 size="1rem" aria-hidden />,
      tone: 'danger',
      run: (selection, clear) => void remove([rowChoice(selection, filter)], clear),
    },
  ];
  return (
    <>
      <DataTable
        title={t('drafts.tab.queue')}
        columns={columns}
        rowId={idOf}
        rowName={nameOf}
        source={source}
        view={view}
        onViewChange={setView}
        filters={filters}
        rowActions={rowActions}
        bulkActions={bulkActions}
        empty={
          <EmptyState
            drawing="inbox"
            sentence={t('drafts.queueEmpty')}
            action={
              <Button variant="default" onClick={() => void navigate(addressOf('ideas'))}>
                {t('drafts.emptyAction')}
              </Button>
            }
          />
        }
      />
      <StartDialog
        request={asked?.request ?? null}
        onClose={() => setAsked(null)}
        onStarted={(id) => {
          onStarted(id);
          asked?.clear?.();
        }}
      />
    </>
  );
}
