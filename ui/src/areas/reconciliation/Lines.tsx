/** The lines behind the sums: of both sides, of ours alone, of theirs alone. A line of ours leads to its AI task. */
import { useNavigate } from '@tanstack/react-router';
import { ListTree } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchedUsage, OurUsage, TheirUsage, UnreadableCell } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { DataTable } from '../../kit/table/DataTable';
import type { Column, ListSource, ListView, RowAction } from '../../kit/table/types';
import { addressOf } from '../../parts/pages';
import { matchedColumns, oursColumns, theirsColumns, unreadableColumns } from './lineColumns';

export function MatchedList({ rows }: { rows: readonly MatchedUsage[] }) {
  const { t } = useTranslation();
  const columns = useMemo(matchedColumns, []);
  return (
    <Lines
      title={t('reconciliation.tab.matched')}
      rows={rows}
      columns={columns}
      empty={<EmptyState drawing="search" sentence={t('reconciliation.noneMatched')} />}
    />
  );
}

export function OursList({ rows }: { rows: readonly OurUsage[] }) {
  const { t } = useTranslation();
  const columns = useMemo(oursColumns, []);
  return (
    <Lines
      title={t('reconciliation.tab.ours')}
      rows={rows}
      columns={columns}
      empty={<EmptyState drawing="check" sentence={t('reconciliation.noneOurs')} />}
    />
  );
}

export function TheirsList({ rows }: { rows: readonly TheirUsage[] }) {
  const { t } = useTranslation();
  const columns = useMemo(theirsColumns, []);
  return (
    <Lines
      title={t('reconciliation.tab.theirs')}
      rows={rows}
      columns={columns}
      empty={<EmptyState drawing="check" sentence={t('reconciliation.noneTheirs')} />}
    />
  );
}

/** Cells are named by their column; they belong to no AI task. */
export function UnreadableList({ rows }: { rows: readonly UnreadableCell[] }) {
  const { t } = useTranslation();
  const columns = useMemo(unreadableColumns, []);
  return (
    <Lines
      title={t('reconciliation.tab.unreadable')}
      rows={rows}
      columns={columns}
      empty={<EmptyState drawing="check" sentence={t('reconciliation.allReadable')} />}
    />
  );
}

/** Lines have no ids of their own; their place in the answer never changes. */
type Placed<Row> = Row & { place: number };

type LinesProps<Row> = {
  title: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  empty: ReactNode;
};

type Line = { requestId?: string; model?: string; column?: string; operationId?: string | null };

const idOf = ({ place }: { place: number }) => String(place);
const nameOf = ({ requestId, model, column }: Line) => requestId || model || column || '';

function Lines<Row extends Line>({ title, rows, columns, empty }: LinesProps<Row>) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [view, setView] = useState<ListView>({ search: '', filters: {}, sort: null });
  const placed = useMemo(() => rows.map((row, place): Placed<Row> => ({ ...row, place })), [rows]);
  const rowActions = useMemo<RowAction<Placed<Row>>[]>(
    () => [
      {
        id: 'open',
        label: t('credits.openTask'),
        icon: <ListTree size="1rem" aria-hidden />,
        shortcut: 'open',
        applies: ({ operationId }) => (operationId ?? null) !== null,
        run: ({ operationId }) => void navigate(addressOf('tasks', operationId ?? undefined)),
      },
    ],
    [t, navigate],
  );
  return (
    <DataTable
      title={title}
      columns={columns as readonly Column<Placed<Row>>[]}
      rowId={idOf}
      rowName={nameOf}
      source={complete(placed)}
      view={view}
      onViewChange={setView}
      searchable={false}
      rowActions={rowActions}
      empty={empty}
    />
  );
}

/** A list that is all there. */
function complete<Row>(rows: readonly Row[]): ListSource<Row> {
  return {
    rows,
    total: rows.length,
    phase: 'ready',
    refreshing: false,
    hasMore: false,
    loadMore: () => {},
    problem: null,
    retry: () => {},
  };
}
