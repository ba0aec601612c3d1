/** Grey bars where rows will be, as wide as their columns' values tend to be. */
import { Skeleton } from '@mantine/core';
import { alignment } from './Cell';
import classes from './table.module.css';
import type { Column } from './types';

/** Widths of the bars, repeated down the list, so that it does not look like a fence. */
const WIDTHS = ['62%', '48%', '71%', '55%', '80%'] as const;

type Props<Row> = {
  rows: number;
  columns: readonly Column<Row>[];
  withSelection: boolean;
  /** Distance from the top in pixels when they stand below loaded rows. */
  top?: number;
};

export function SkeletonRows<Row>({ rows, columns, withSelection, top = 0 }: Props<Row>) {
  return (
    <div className={classes.skeletons} aria-hidden="true" style={{ transform: `translateY(${top}px)` }}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move.
        <div key={row} className={classes.skeletonRow}>
          <div className={classes.cells}>
            {withSelection && <span />}
            {columns.map((column, place) => (
              <div key={column.id} className={classes.cell} data-align={alignment(column)}>
                <Skeleton height="0.625rem" width={WIDTHS[(row + place) % WIDTHS.length]} />
              </div>
            ))}
          </div>
          <span className={classes.actionsCell} />
        </div>
      ))}
    </div>
  );
}
