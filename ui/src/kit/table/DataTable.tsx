/**
 * The one template of every list: search, cascading filters, sort, column choice, virtual rows over keyset pages,
 * selection up to "all that match", bulk bar, row menu, keyboard, and its own loading, empty and failed states.
 */
import { Button } from '@mantine/core';
import { type ReactNode, useCallback, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../EmptyState';
import { ErrorState } from '../ErrorState';
import { type Metric, MetricStrip } from '../MetricCard';
import type { Point } from './BodyRow';
import { BulkBar } from './BulkBar';
import { FilterChips } from './FilterChips';
import { Grid, type GridHandle } from './Grid';
import { RowMenu } from './RowMenu';
import { isSelected, loadedState, NOTHING, toggle, toggleLoaded } from './selection';
import { Toolbar } from './Toolbar';
import classes from './table.module.css';
import type { BulkAction, Column, Filter, ListSource, ListView, RowAction, Selection } from './types';
import { useRowCursor } from './useRowCursor';
import { useTableModel } from './useTableModel';

type Props<Row> = {
  /** Names the list for those who hear it. */
  title: string;
  /** Stable between renders: a constant or a memo. */
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string;
  /** Names a row, for its checkbox and menu. */
  rowName: (row: Row) => string;
  source: ListSource<Row>;
  view: ListView;
  onViewChange: (view: ListView) => void;
  filters?: readonly Filter[];
  searchable?: boolean;
  metrics?: readonly Metric[];
  /** Stable between renders. */
  rowActions?: readonly RowAction<Row>[];
  bulkActions?: readonly BulkAction[];
  /** Shown when there is nothing at all, filtered or not. */
  empty: ReactNode;
};

const NO_FILTERS: readonly Filter[] = [];

export function DataTable<Row extends object>(props: Props<Row>) {
  const { title, columns, rowId, rowName, source, view, onViewChange, filters = NO_FILTERS } = props;
  const { searchable = true, metrics, rowActions, bulkActions, empty } = props;
  const { t } = useTranslation();
  const domId = useId();
  const searchRef = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const model = useTableModel(source.rows, columns, rowId);
  const ids = useMemo(() => source.rows.map(rowId), [source.rows, rowId]);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [menu, setMenu] = useState<{ id: string; at: Point } | null>(null);

  const change = useCallback(
    (next: ListView) => {
      // A choice of rows belongs to what was on show; a new order keeps it, other rows do not.
      if (next.search !== view.search || next.filters !== view.filters) setSelection(NOTHING);
      onViewChange(next);
    },
    [onViewChange, view],
  );
  const flip = useCallback((id: string) => setSelection((chosen) => toggle(chosen, id)), []);
  const openMenu = useCallback((id: string, at: Point) => setMenu({ id, at }), []);
  const rowOf = (id: string) => model.rows.find((row) => row.id === id)?.data;
  const runShortcut = (shortcut: 'open' | 'edit') => (id: string) => {
    const row = rowOf(id);
    const action = rowActions?.find((offered) => offered.shortcut === shortcut);
    if (row !== undefined && (action?.applies?.(row) ?? true)) action?.run(row);
  };
  const cursor = useRowCursor({
    ids,
    reveal: (index) => grid.current?.reveal(index),
    onSelect: (id) => bulkActions !== undefined && flip(id),
    onOpen: runShortcut('open'),
    onEdit: runShortcut('edit'),
    onMenu: (id) => {
      const at = grid.current?.pointOf(id);
      if (at !== undefined && rowActions !== undefined) openMenu(id, at);
    },
    onSearch: () => searchRef.current?.focus(),
    onEscape: () => setSelection(NOTHING),
  });

  const filtered = view.search !== '' || Object.keys(view.filters).length > 0;
  const nothing = source.phase === 'ready' && source.rows.length === 0;
  if (nothing && !filtered) return empty;
  const menuRow = menu === null ? undefined : rowOf(menu.id);
  return (
    <div className={classes.list} data-selecting={(selection.all || selection.ids.size > 0) || undefined}>
      <div className={classes.head}>
        {metrics !== undefined && <MetricStrip metrics={metrics} />}
        <Toolbar view={view} filters={filters} searchable={searchable} searchRef={searchRef} columns={model.choices} onViewChange={change} />
        <FilterChips view={view} filters={filters} onViewChange={change} />
      </div>
      {source.phase === 'failed' && source.problem !== null ? (
        <ErrorState problem={source.problem} onRetry={source.retry} />
      ) : nothing ? (
        <EmptyState
          drawing="search"
          sentence={t('kit.table.emptyFiltered')}
          action={
            <Button variant="default" onClick={() => change({ ...view, search: '', filters: {} })}>
              {t('kit.table.clearFilters')}
            </Button>
          }
        />
      ) : (
        <Grid
          ref={grid}
          domId={domId}
          label={t('kit.table.list', { title })}
          model={model}
          source={source}
          rowName={rowName}
          actions={rowActions ?? null}
          sort={view.sort}
          onSort={(sort) => change({ ...view, sort })}
          cursor={cursor}
          selected={bulkActions === undefined ? null : (id) => isSelected(selection, id)}
          loadedState={loadedState(selection, ids)}
          onFlip={flip}
          onFlipLoaded={() => setSelection((chosen) => toggleLoaded(chosen, ids))}
          onMenu={openMenu}
        />
      )}
      {bulkActions !== undefined && source.phase === 'ready' && (
        <BulkBar
          selection={selection}
          loaded={ids.length}
          total={source.total ?? ids.length}
          actions={bulkActions}
          onSelect={setSelection}
          onClear={() => setSelection(NOTHING)}
        />
      )}
      {menu !== null && menuRow !== undefined && rowActions !== undefined && (
        <RowMenu row={menuRow} at={menu.at} actions={rowActions} onClose={() => setMenu(null)} />
      )}
    </div>
  );
}
