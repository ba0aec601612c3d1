/** One value of a row, written as its column's type asks; an absent value is a quiet dash. */
import type { ReactNode } from 'react';
import { Credits, Money } from '../Amounts';
import { formatCount } from '../format';
import { StatusDot } from '../StatusDot';
import { When } from '../When';
import classes from './table.module.css';
import type { Column } from './types';

type Props<Row> = { column: Column<Row>; row: Row };

export function Cell<Row>({ column, row }: Props<Row>) {
  return content(column, row) ?? <span className={classes.absent}>–</span>;
}

/** Numbers line up at the end. */
export function alignment<Row>(column: Column<Row>): 'start' | 'end' {
  switch (column.type) {
    case 'number':
    case 'credits':
    case 'money':
      return 'end';
    case 'custom':
      return column.align ?? 'start';
    case 'text':
    case 'time':
    case 'status':
      return 'start';
  }
}

function content<Row>(column: Column<Row>, row: Row): ReactNode {
  switch (column.type) {
    case 'text':
      return column.value(row);
    case 'number':
      return present(column.value(row), formatCount);
    case 'credits':
      return present(column.value(row), (amount) => <Credits amount={amount} />);
    case 'money':
      return present(column.value(row), (amount) => <Money amount={amount} currency={column.currency ?? 'USD'} />);
    case 'time':
      return present(column.value(row), (at) =>
        column.zone ? <When at={at} zone={column.zone(row)} /> : <When at={at} />,
      );
    case 'status':
      return <StatusDot {...column.value(row)} />;
    case 'custom':
      return column.cell(row);
  }
}

function present<Value>(value: Value | null, write: (value: Value) => ReactNode): ReactNode {
  return value === null ? null : write(value);
}
