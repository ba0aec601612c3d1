/**
 * The one template of every list: search, cascading filters, sort, column choice, virtual rows over keyset pages,
 * selection up to "all that match", bulk bar, row menu, keyboard, and its own loading, empty and failed states.
 *
 * The grid is made of `div`s with roles: virtual rows are placed by transform, which rows of a `table` cannot be, and
 * the keyboard belongs to the list as a whole (`aria-activedescendant`), so single rows take neither focus nor keys.
 */
import { Button } from '@mantine/core';
import { type ReactNode, useCallback, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowKind } from '../density';
import { EmptyState } from '../EmptyState';
import { ErrorState } from '../ErrorState';
import { type Hotkeys, useHotkeys } from '../hotkeys';
import { type Metric, MetricStrip } from '../MetricCard';
import type { Point } from './BodyRow';
import { BulkBar } from './BulkBar';
import { FilterChips } from './FilterChips';
import { Grid, type GridHandle } from './Grid';
import { RowMenu } from './RowMenu';
import { loadedState } from './selection';
import { Toolbar } from './Toolbar';
import classes from './table.module.css';
import type { BulkAction, Column, Filter, ListSource, ListView, RowAction } from './types';
import { useChoice } from './useChoice';
import { useRoom } from './useRoom';
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
  /** `pictures` makes room for thumbnails. */
  rows?: RowKind;
  /** Shown when there is nothing at all, filtered or not. */
  empty: ReactNode;
};

const NO_FILTERS: readonly Filter[] = [];
/** Beside the columns, in grid steps: the space around with a scroll bar, `--table-select` and `--table-action`. */
const EDGE_STEPS = 12;
const SELECT_STEPS = 10;
const MENU_STEPS = 7;

export function DataTable<Row extends object>(props: Props<Row>) {
  const { title, columns, rowId, rowName, source, view, onViewChange, filters = NO_FILTERS, rowActions } = props;
  const { searchable = true, metrics, bulkActions, rows = 'text', empty } = props;
  const { t } = useTranslation();
  const domId = useId();
  const searchRef = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const [follow, width] = useRoom();
  const beside =
    EDGE_STEPS + (bulkActions === undefined ? 0 : SELECT_STEPS) + (rowActions === undefined ? 0 : MENU_STEPS);
  const model = useTableModel(source.rows, columns, rowId, width === null ? null : width - beside);
  const ids = useMemo(() => source.rows.map(rowId), [source.rows, rowId]);
  const choice = useChoice(ids, view, onViewChange);
  const loaded = useMemo(() => loadedState(choice.selection, ids), [choice.selection, ids]);
  const [menu, setMenu] = useState<{ id: string; at: Point } | null>(null);
  const openMenu = useCallback((id: string, at: Point) => setMenu({ id, at }), []);
  const rowOf = (id: string) => model.rows.find((row) => row.id === id)?.data;

  const cursor = useRowCursor({
    ids,
    reveal: (index) => grid.current?.reveal(index),
    onSelect: (id) => bulkActions !== undefined && choice.flip(id),
    onOpen: (id) => runShortcut(rowActions, 'open', rowOf(id)),
    onEdit: (id) => runShortcut(rowActions, 'edit', rowOf(id)),
    onMenu: (id) => {
      const at = grid.current?.pointOf(id);
      if (at !== undefined && rowActions !== undefined) openMenu(id, at);
    },
    onSearch: () => searchRef.current?.focus(),
    onEscape: choice.clear,
  });

  useHotkeys(letterKeys(rowActions, cursor.at === null ? undefined : rowOf(cursor.at)));

  const state = stateOf(source, view);
  if (state === 'empty') return empty;
  const menuRow = menu === null ? undefined : rowOf(menu.id);
  const clearFilters = () => choice.changeView({ ...view, search: '', filters: {} });
  return (
    <div ref={follow} className={classes.list} data-selecting={choice.isChoosing || undefined}>
      <div className={classes.head}>
        {metrics !== undefined && <MetricStrip metrics={metrics} />}
        <Toolbar
          view={view}
          filters={filters}
          searchable={searchable}
          searchRef={searchRef}
          columns={model.choices}
          isTight={model.isTight}
          onViewChange={choice.changeView}
        />
        <FilterChips view={view} filters={filters} onViewChange={choice.changeView} />
      </div>
      {state === 'failed' && source.problem !== null && <ErrorState problem={source.problem} onRetry={source.retry} />}
      {state === 'unmatched' && (
        <EmptyState
          drawing="search"
          sentence={t('kit.table.emptyFiltered')}
          action={
            <Button variant="default" onClick={clearFilters}>
              {t('kit.table.clearFilters')}
            </Button>
          }
        />
      )}
      {state === 'rows' && (
        <Grid
          ref={grid}
          domId={domId}
          label={t('kit.table.list', { title })}
          model={model}
          leastSteps={model.steps + beside}
          source={source}
          rowName={rowName}
          rowKind={rows}
          actions={rowActions ?? null}
          sort={view.sort}
          onSort={(sort) => choice.changeView({ ...view, sort })}
          cursor={cursor}
          selected={bulkActions === undefined ? null : choice.isChosen}
          loadedState={loaded}
          onFlip={choice.flip}
          onFlipLoaded={choice.flipLoaded}
          onMenu={openMenu}
        />
      )}
      {bulkActions !== undefined && state === 'rows' && (
        <BulkBar
          selection={choice.selection}
          loaded={ids.length}
          total={source.total ?? ids.length}
          actions={bulkActions}
          onSelect={choice.choose}
          onClear={choice.clear}
        />
      )}
      {menu !== null && menuRow !== undefined && rowActions !== undefined && (
        <RowMenu row={menuRow} at={menu.at} actions={rowActions} onClose={() => setMenu(null)} />
      )}
    </div>
  );
}

/** What stands under the toolbar; `empty` takes the toolbar's place as well. */
function stateOf<Row>({ phase, rows }: ListSource<Row>, view: ListView): 'failed' | 'empty' | 'unmatched' | 'rows' {
  if (phase === 'failed') return 'failed';
  if (phase === 'loading' || rows.length > 0) return 'rows';
  return view.search === '' && Object.keys(view.filters).length === 0 ? 'empty' : 'unmatched';
}

/** Letters of the acts that the row at hand offers. */
function letterKeys<Row>(actions: readonly RowAction<Row>[] | undefined, row: Row | undefined): Hotkeys {
  if (actions === undefined || row === undefined) return {};
  const offered = actions.filter(({ letter, applies }) => letter !== undefined && (applies?.(row) ?? true));
  return Object.fromEntries(offered.map((action) => [action.letter, () => action.run(row)]));
}

function runShortcut<Row>(
  actions: readonly RowAction<Row>[] | undefined,
  shortcut: 'open' | 'edit',
  row: Row | undefined,
): void {
  const action = actions?.find((offered) => offered.shortcut === shortcut);
  if (row !== undefined && (action?.applies?.(row) ?? true)) action?.run(row);
}
