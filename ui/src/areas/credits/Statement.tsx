/** Every credit that came in or went out, newest first, each line with the balance right after it. */
import { useNavigate } from '@tanstack/react-router';
import { ListTree } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { NO_FILTER, useList } from '../../data/list';
import { wordOf } from '../../data/status';
import type { TransactionRow } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { DataTable } from '../../kit/table/DataTable';
import type { RowAction } from '../../kit/table/types';
import { useListView } from '../../kit/table/useListView';
import { addressOf } from '../../parts/pages';
import { statementColumns, statementFilters } from './statementColumns';

const idOf = (row: TransactionRow) => row.id;
const nameOf = (row: TransactionRow) => wordOf('transaction', row.transactionType);

export function Statement() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [view, setView] = useListView();
  const { kind, status } = view.filters;
  const filter = {
    ...NO_FILTER,
    kind: kind === undefined ? [] : [kind],
    status: status === undefined ? [] : [status],
  };
  const source = useList('transactions', filter, null);
  const columns = useMemo(statementColumns, []);
  const filters = useMemo(statementFilters, []);
  const rowActions = useMemo<RowAction<TransactionRow>[]>(
    () => [
      {
        id: 'open',
        label: t('credits.openTask'),
        icon: <ListTree size="1rem" aria-hidden />,
        shortcut: 'open',
        applies: ({ operationId }) => operationId !== null,
        run: ({ operationId }) => {
          if (operationId !== null) void navigate(addressOf('tasks', operationId));
        },
      },
    ],
    [t, navigate],
  );
  return (
    <DataTable
      title={t('credits.statement')}
      columns={columns}
      rowId={idOf}
      rowName={nameOf}
      source={source}
      view={view}
      onViewChange={setView}
      filters={filters}
      searchable={false}
      rowActions={rowActions}
      empty={<EmptyState drawing="coins" sentence={t('credits.empty')} />}
    />
  );
}
