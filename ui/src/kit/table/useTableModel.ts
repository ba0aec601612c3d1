/** TanStack's headless table under ours: rows by id, and the columns that stand or that the user chose to see. */
import { columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { placed, standing, tracks } from './fit';
import type { Column } from './types';

const features = tableFeatures({ columnVisibilityFeature });

export type TableModel<Row> = {
  rows: readonly { id: string; data: Row }[];
  visible: readonly Column<Row>[];
  /** Columns that may be hidden, with their state. */
  choices: readonly { id: string; header: string; shown: boolean; flip: () => void }[];
  /** Some columns wait for more room. */
  isTight: boolean;
  /** `grid-template-columns` of the visible columns. */
  template: string;
  /** Least width of the visible columns, in grid steps. */
  steps: number;
};

/** A field of rows and columns by the page's definitions. `room` for columns in grid steps, null until known. */
export function useTableModel<Row extends object>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  rowId: (row: Row) => string,
  room: number | null,
): TableModel<Row> {
  const [chosen, setChosen] = useState<Readonly<Record<string, boolean>>>({});
  const definitions = useMemo(
    () => columns.map(({ id, header, fixed }) => ({ id, header, enableHiding: fixed !== true })),
    [columns],
  );
  const places = useMemo(() => placed(columns, rows), [columns, rows]);
  const shownIds = useMemo(() => standing(places, room, chosen), [places, room, chosen]);
  const columnVisibility = useMemo(
    () => Object.fromEntries(columns.map(({ id }) => [id, shownIds.has(id)])),
    [columns, shownIds],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({ features, columns: definitions, data, getRowId: rowId, state: { columnVisibility } });
  const coreRows = table.getRowModel().rows;
  const listed = useMemo(() => coreRows.map((row) => ({ id: row.id, data: row.original })), [coreRows]);
  const visible = useVisible(columns, table.getVisibleLeafColumns());
  const shown = places.filter(({ column }) => shownIds.has(column.id));
  return {
    rows: listed,
    visible,
    choices: columns
      .filter(({ fixed }) => fixed !== true)
      .map(({ id, header }) => ({
        id,
        header,
        shown: shownIds.has(id),
        flip: () => setChosen((before) => ({ ...before, [id]: !shownIds.has(id) })),
      })),
    isTight: columns.some(
      (column) => !shownIds.has(column.id) && !(chosen[column.id] === false || column.hiddenAtFirst),
    ),
    template: tracks(shown),
    steps: shown.reduce((sum, { steps }) => sum + steps, 0),
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
