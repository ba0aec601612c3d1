/** TanStack's headless table under ours: rows by id and the columns the user chose to see. */
import { columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Column } from './types';

const features = tableFeatures({ columnVisibilityFeature });
const DEFAULT_GROW_STEPS = 40;
/** Room for the longest relative time: "22 minutes ago", "11 months ago". */
const TIME_STEPS = 36;

export type TableModel<Row> = {
  rows: readonly { id: string; data: Row }[];
  visible: readonly Column<Row>[];
  /** Columns that may be hidden, with their state. */
  choices: readonly { id: string; header: string; shown: boolean; flip: () => void }[];
  /** `grid-template-columns` of the visible columns. */
  template: string;
  /** Least width of the visible columns, in grid steps. */
  steps: number;
};

/** A field of rows and columns by the page's definitions. */
export function useTableModel<Row extends object>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  rowId: (row: Row) => string,
): TableModel<Row> {
  const definitions = useMemo(
    () => columns.map(({ id, header, fixed }) => ({ id, header, enableHiding: fixed !== true })),
    [columns],
  );
  const columnVisibility = useMemo(
    () => Object.fromEntries(columns.filter((column) => column.hiddenAtFirst).map(({ id }) => [id, false])),
    [columns],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({ features, columns: definitions, data, getRowId: rowId, initialState: { columnVisibility } });
  const coreRows = table.getRowModel().rows;
  const listed = useMemo(() => coreRows.map((row) => ({ id: row.id, data: row.original })), [coreRows]);
  const visible = useVisible(columns, table.getVisibleLeafColumns());
  return {
    rows: listed,
    visible,
    choices: table
      .getAllLeafColumns()
      .filter((column) => column.getCanHide())
      .map((column) => ({
        id: column.id,
        header: columns.find(({ id }) => id === column.id)?.header ?? column.id,
        shown: column.getIsVisible(),
        flip: () => column.toggleVisibility(),
      })),
    template: visible.map(columnTrack).join(' '),
    steps: visible.reduce((sum, column) => sum + (widthOf(column) ?? DEFAULT_GROW_STEPS), 0),
  };
}

/** The columns on show; the same array for as long as they are the same, so that rows need not be drawn again. */
function useVisible<Row>(columns: readonly Column<Row>[], shown: readonly { id: string }[]): readonly Column<Row>[] {
  const key = shown.map(({ id }) => id).join('\n');
  return useMemo(() => {
    const ids = new Set(key.split('\n'));
    return columns.filter(({ id }) => ids.has(id));
  }, [columns, key]);
}

function columnTrack<Row>(column: Column<Row>): string {
  const width = widthOf(column);
  return width === undefined
    ? `minmax(calc(${DEFAULT_GROW_STEPS} * var(--space-1)), 1fr)`
    : `calc(${width} * var(--space-1))`;
}

function widthOf<Row>({ width, type }: Column<Row>): number | undefined {
  return width ?? (type === 'time' ? TIME_STEPS : undefined);
}
