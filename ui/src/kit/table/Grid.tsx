/** The scrolling part of a list: sticky header, virtual rows of one height, skeletons, and the next page before the end. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type RowKind, useRowHeight } from '../density';
import { BodyRow, type Point } from './BodyRow';
import { HeaderRow } from './HeaderRow';
import { SkeletonRows } from './SkeletonRows';
import classes from './table.module.css';
import type { ListSource, RowAction, Sort } from './types';
import type { RowCursor } from './useRowCursor';
import type { TableModel } from './useTableModel';

/** The next page is asked for this many rows before the end comes into sight. */
const LOAD_AHEAD_ROWS = 40;
const OVERSCAN_ROWS = 8;
/** Rows drawn in place of the ones still on their way. */
const COMING_ROWS = 3;
const SKELETON_ROWS = 14;

/** What the list asks of its grid from outside. */
export type GridHandle = {
  reveal: (index: number) => void;
  /** Where the menu of a row opens by keyboard. */
  pointOf: (id: string) => Point | undefined;
};

type Props<Row> = {
  ref: Ref<GridHandle>;
  domId: string;
  label: string;
  model: TableModel<Row>;
  /** Least width of a row, in grid steps; below it the list scrolls sideways. */
  leastSteps: number;
  source: ListSource<Row>;
  rowName: (row: Row) => string;
  rowKind: RowKind;
  actions: readonly RowAction<Row>[] | null;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
  cursor: RowCursor;
  /** Null when the list has no selection. */
  selected: ((id: string) => boolean) | null;
  loadedState: 'none' | 'some' | 'all';
  onFlip: (id: string) => void;
  onFlipLoaded: () => void;
  onMenu: (id: string, at: Point) => void;
};

export function Grid<Row>(props: Props<Row>) {
  const { ref, domId, label, model, source, rowName, actions, sort, onSort, cursor, selected, loadedState } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight(props.rowKind);
  const { rows } = model;
  const coming = source.hasMore ? COMING_ROWS : 0;
  const virtual = useVirtualizer({
    count: rows.length + coming,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN_ROWS,
    // The sticky header covers the first row's height of the view.
    scrollPaddingStart: rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  // A new density moves every row; the virtualizer keeps its measures until told.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what has changed, `measure` reads it itself.
  useEffect(() => virtual.measure(), [rowHeight, virtual]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasMore, loadMore, phase, total } = source;
  useEffect(() => {
    if (hasMore && phase === 'ready' && last >= rows.length - LOAD_AHEAD_ROWS) loadMore();
  }, [hasMore, phase, last, rows.length, loadMore]);

  const rowDomId = (id: string) => `${domId}row-${id}`;
  useImperativeHandle(ref, () => ({
    reveal: (index) => virtual.scrollToIndex(index),
    pointOf: (id) => {
      const box = document.getElementById(rowDomId(id))?.getBoundingClientRect();
      return box && { x: box.right - rowHeight, y: box.bottom };
    },
  }));

  const flip = { state: loadedState, flip: props.onFlipLoaded };
  return (
    <div className={classes.frame}>
      {source.refreshing && (
        <div className={classes.refreshing} role="progressbar" aria-label={t('kit.table.refreshing')} />
      )}
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        className={classes.scroller}
        aria-label={label}
        aria-rowcount={(total ?? rows.length) + 1}
        aria-busy={source.phase === 'loading'}
        aria-activedescendant={cursor.at === null ? undefined : rowDomId(cursor.at)}
        aria-multiselectable={selected !== null}
        style={{
          '--columns': selected === null ? model.template : `var(--table-select) ${model.template}`,
          '--steps': props.leastSteps,
          '--row': `${rowHeight / 16}rem`,
        }}
      >
        <div role="rowgroup" className={classes.headerGroup}>
          <HeaderRow
            columns={model.visible}
            sort={sort}
            onSort={onSort}
            selection={selected && flip}
            withActions={actions !== null}
          />
        </div>
        {source.phase === 'loading' ? (
          <SkeletonRows rows={SKELETON_ROWS} columns={model.visible} withSelection={selected !== null} />
        ) : (
          <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              return (
                <BodyRow
                  key={row.id}
                  domId={rowDomId(row.id)}
                  id={row.id}
                  row={row.data}
                  index={item.index}
                  top={item.start}
                  columns={model.visible}
                  name={rowName(row.data)}
                  actions={actions}
                  selected={selected?.(row.id) ?? null}
                  active={cursor.at === row.id}
                  onFlip={props.onFlip}
                  onPoint={cursor.place}
                  onMenu={props.onMenu}
                />
              );
            })}
            {coming > 0 && last >= rows.length && (
              <SkeletonRows
                rows={coming}
                columns={model.visible}
                withSelection={selected !== null}
                top={rows.length * rowHeight}
              />
            )}
          </div>
        )}
      </div>
    </div>
  );
}
