/** All AI work of all sites: what runs, what became of the rest, and what it cost. */
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import i18next from 'i18next';
import { ListTree, Play, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { NO_FILTER, useList } from '../../data/list';
import { tell } from '../../data/problems';
import { wordOf } from '../../data/status';
import type { OperationRow, SiteView } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { Page } from '../../kit/Page';
import { DataTable } from '../../kit/table/DataTable';
import type { Filter, RowAction } from '../../kit/table/types';
import { useListView } from '../../kit/table/useListView';
import { toast } from '../../kit/toasts';
import { useOpen } from '../../kit/useOpen';
import { GoOnDialog } from '../../parts/GoOnDialog';
import { OpenLine } from '../../parts/OperationLines';
import { workOf } from '../../parts/workWords';
import { OperationDrawer } from './OperationDrawer';
import { OperationFacts } from './OperationFacts';
import { operationColumns } from './operationColumns';
import classes from './operations.module.css';

const FUNCTIONS = ['auto_cluster', 'generate_ideas', 'generate_content', 'generate_image_prompts', 'generate_images'];
const STATUSES = ['pending', 'interrupted', 'success', 'error'];
const idOf = (row: OperationRow) => row.id;
const nameOf = (row: OperationRow) => wordOf('function', workOf(row));

export function OperationsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [view, setView] = useListView();
  const [open, setOpen] = useOpen();
  const { data: sites } = useCommand('sites', []);
  const { kind, status, siteId = null } = view.filters;
  const filter = {
    ...NO_FILTER,
    siteId,
    kind: kind === undefined ? [] : [kind],
    status: status === undefined ? [] : [status],
  };
  const source = useList('operations', filter, null);
  const cancel = useAct('operationCancel');
  const [goingOn, setGoingOn] = useState<string | null>(null);
  const columns = useMemo(operationColumns, []);
  const filters = useMemo(() => operationFilters(sites ?? []), [sites]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: cancelling is the same act at every drawing.
  const rowActions = useMemo<RowAction<OperationRow>[]>(
    () => [
      {
        id: 'open',
        label: t('operations.open'),
        icon: <ListTree size="1rem" aria-hidden />,
        shortcut: 'open',
        run: ({ id }) => setOpen(id),
      },
      {
        id: 'goOn',
        label: t('operations.goOn'),
        icon: <Play size="1rem" aria-hidden />,
        applies: (row) => row.status === 'interrupted',
        run: ({ id }) => setGoingOn(id),
      },
      {
        id: 'cancel',
        label: t('operations.cancel'),
        icon: <X size="1rem" aria-hidden />,
        applies: (row) => row.status === 'pending',
        run: ({ id }) =>
          cancel.mutate([id], { onSuccess: () => toast('info', t('operations.cancelling')), onError: tell }),
      },
    ],
    [t, setOpen],
  );
  return (
    <Page title={t('frame.page.tasks')} count={source.total}>
      <Running />
      <DataTable
        title={t('frame.page.tasks')}
        columns={columns}
        rowId={idOf}
        rowName={nameOf}
        source={source}
        view={view}
        onViewChange={setView}
        filters={filters}
        searchable={false}
        rowActions={rowActions}
        empty={
          <EmptyState
            drawing="list"
            sentence={t('operations.empty')}
            action={
              <Button variant="default" onClick={() => void navigate({ to: '/' })}>
                {t('operations.emptyAction')}
              </Button>
            }
          />
        }
      />
      <GoOnDialog what={goingOn === null ? null : { operationId: goingOn }} onClose={() => setGoingOn(null)} />
      <OperationDrawer id={open} onClose={() => setOpen(null)} />
      <OperationFacts />
    </Page>
  );
}

const OPEN = { filter: { ...NO_FILTER, status: ['pending', 'interrupted'] }, sort: null, cursor: null, limit: 20 };

/** What runs now, on any site, and what was interrupted. */
function Running() {
  const { data } = useCommand('operations', [OPEN]);
  if (data === undefined || data.rows.length === 0) return null;
  return (
    <section className={classes.running} aria-live="polite">
      {data.rows.map((row) => (
        <OpenLine key={row.id} row={row} />
      ))}
    </section>
  );
}

function operationFilters(sites: readonly SiteView[]): Filter[] {
  const { t } = i18next;
  return [
    {
      id: 'kind',
      label: t('operations.filter.function'),
      allLabel: t('operations.filter.allFunctions'),
      options: FUNCTIONS.map((value) => ({ value, label: wordOf('function', value) })),
    },
    {
      id: 'status',
      label: t('operations.filter.status'),
      allLabel: t('operations.filter.allStatuses'),
      options: STATUSES.map((value) => ({ value, label: wordOf('operation', value) })),
    },
    {
      id: 'siteId',
      label: t('operations.filter.site'),
      allLabel: t('operations.filter.allSites'),
      options: sites.map(({ id, name }) => ({ value: id, label: name })),
    },
  ];
}
