/** The sticky header: names with units, sorting, and the checkbox for the loaded rows. */
import { Tooltip, VisuallyHidden } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { alignment } from './Cell';
import { CheckBox } from './CheckBox';
import classes from './table.module.css';
import type { Column, Sort } from './types';

type Props<Row> = {
  columns: readonly Column<Row>[];
  sort: Sort | null;
  onSort: (sort: Sort) => void;
  selection: { state: 'none' | 'some' | 'all'; flip: () => void } | null;
  withActions: boolean;
};

export function HeaderRow<Row>({ columns, sort, onSort, selection, withActions }: Props<Row>) {
  const { t } = useTranslation();
  return (
    <div role="row" aria-rowindex={1} className={classes.header}>
      <div className={classes.cells}>
        {selection !== null && (
          <div role="columnheader" className={classes.selectCell}>
            <VisuallyHidden>{t('kit.table.selectColumn')}</VisuallyHidden>
            <CheckBox
              label={t('kit.table.selectAll')}
              checked={selection.state === 'all'}
              mixed={selection.state === 'some'}
              onFlip={selection.flip}
            />
          </div>
        )}
        {columns.map((column) => (
          <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      {withActions && (
        <div role="columnheader" className={classes.actionsCell}>
          <VisuallyHidden>{t('kit.table.actionsColumn')}</VisuallyHidden>
        </div>
      )}
    </div>
  );
}

type CellProps<Row> = { column: Column<Row>; sort: Sort | null; onSort: (sort: Sort) => void };

function HeaderCell<Row>({ column, sort, onSort }: CellProps<Row>) {
  const sorted = sort?.column === column.id ? sort : null;
  const name =
    column.type === 'number' && column.unit !== undefined ? `${column.header} (${column.unit})` : column.header;
  const Arrow = sorted?.descending === true ? ArrowDown : ArrowUp;
  const content = column.sortable ? (
    <button type="button" className={classes.sort} onClick={() => onSort(nextSort(column, sorted))}>
      <span className={classes.headerName}>{name}</span>
      {sorted !== null && <Arrow size="0.875rem" aria-hidden />}
    </button>
  ) : (
    <span className={classes.headerName}>{name}</span>
  );
  return (
    <div
      role="columnheader"
      className={classes.cell}
      data-align={alignment(column)}
      aria-sort={ariaSort(sorted, column.sortable === true)}
    >
      {column.hint === undefined ? content : <Tooltip label={column.hint}>{content}</Tooltip>}
    </div>
  );
}

/** Numbers and times start with the largest, words with the first. */
function nextSort<Row>(column: Column<Row>, sorted: Sort | null): Sort {
  if (sorted !== null) return { column: column.id, descending: !sorted.descending };
  return { column: column.id, descending: alignment(column) === 'end' || column.type === 'time' };
}

function ariaSort(sorted: Sort | null, sortable: boolean): 'ascending' | 'descending' | 'none' | undefined {
  if (sorted === null) return sortable ? 'none' : undefined;
  return sorted.descending ? 'descending' : 'ascending';
}
