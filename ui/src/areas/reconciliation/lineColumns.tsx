/** Columns of the three lists of a comparison. */
import i18next from 'i18next';
import type { MatchedUsage, OurUsage, TheirUsage, UnreadableCell } from '../../host';
import { formatMoneyExact } from '../../kit/format';
import type { Column } from '../../kit/table/types';
import classes from './reconciliation.module.css';

const WHY = [
  'not_a_number',
  'not_a_count',
  'ambiguous_number',
  'out_of_range',
  'other_currency',
  'not_a_time',
  'ambiguous_date',
] as const;

type Placed = { line: number };
type Timed = { at: string | null };
type Named = { requestId: string };
type Modelled = { model: string };

export function matchedColumns(): Column<MatchedUsage>[] {
  const { t } = i18next;
  return [
    when(),
    model(({ model, ourModel }) =>
      ourModel === null ? model : t('reconciliation.otherModel', { theirs: model, ours: ourModel }),
    ),
    { ...request(), hiddenAtFirst: true },
    {
      id: 'by',
      header: t('reconciliation.column.by'),
      type: 'text',
      value: (row) => t(`reconciliation.by.${row.by}`),
      width: 28,
    },
    tokens('ourTokens', t('reconciliation.column.ourTokens'), (row) => row.ourTokens),
    tokens('theirTokens', t('reconciliation.column.theirTokens'), (row) => row.theirTokens),
    cost('ourCost', t('reconciliation.column.ourCost'), (row) => row.ourCost),
    cost('theirCost', t('reconciliation.column.theirCost'), (row) => row.theirCost),
    {
      id: 'difference',
      header: t('reconciliation.column.difference'),
      type: 'custom',
      align: 'end',
      width: 28,
      cell: difference,
    },
  ];
}

export function oursColumns(): Column<OurUsage>[] {
  const { t } = i18next;
  return [
    when(),
    model(),
    request(),
    {
      id: 'provider',
      header: t('reconciliation.column.provider'),
      type: 'text',
      value: (row) => row.provider,
      width: 28,
    },
    {
      id: 'isLost',
      header: t('reconciliation.column.result'),
      type: 'text',
      value: (row) => t(row.isLost ? 'reconciliation.lost' : 'reconciliation.stored'),
      width: 28,
    },
    tokens('tokens', t('reconciliation.column.tokens'), (row) => row.tokens),
    cost('cost', t('reconciliation.column.cost'), (row) => row.cost),
  ];
}

export function theirsColumns(): Column<TheirUsage>[] {
  const { t } = i18next;
  return [
    line(),
    when(),
    model(),
    request(),
    tokens('tokens', t('reconciliation.column.tokens'), (row) => row.tokens),
    cost('cost', t('reconciliation.column.cost'), (row) => row.cost),
  ];
}

export function unreadableColumns(): Column<UnreadableCell>[] {
  const { t } = i18next;
  return [
    line(),
    { id: 'column', header: t('reconciliation.column.column'), type: 'text', value: (row) => row.column, width: 40 },
    { id: 'text', header: t('reconciliation.column.text'), type: 'text', value: (row) => row.text, least: 36 },
    {
      id: 'why',
      header: t('reconciliation.column.why'),
      type: 'text',
      value: ({ why }) => t(`reconciliation.why.${WHY.find((known) => known === why) ?? 'not_a_number'}`),
      least: 36,
    },
  ];
}

function line<Row extends Placed>(): Column<Row> {
  return {
    id: 'line',
    header: i18next.t('reconciliation.column.line'),
    type: 'number',
    value: (row) => row.line,
    width: 18,
    fixed: true,
  };
}

function when<Row extends Timed>(): Column<Row> {
  return { id: 'at', header: i18next.t('reconciliation.column.at'), type: 'time', value: (row) => row.at };
}

function model<Row extends Modelled>(of: (row: Row) => string = (row) => row.model): Column<Row> {
  return {
    id: 'model',
    header: i18next.t('reconciliation.column.model'),
    type: 'text',
    value: of,
    least: 36,
    fixed: true,
  };
}

function request<Row extends Named>(): Column<Row> {
  return {
    id: 'requestId',
    header: i18next.t('reconciliation.column.request'),
    type: 'text',
    value: (row) => row.requestId || null,
    width: 40,
  };
}

function tokens<Row>(id: string, header: string, of: (row: Row) => string | null): Column<Row> {
  return {
    id,
    header,
    type: 'number',
    value: (row) => {
      const count = of(row);
      return count === null ? null : Number(count);
    },
    width: 28,
  };
}

/** To the last digit: rounded amounts would hide what is looked for here. */
function cost<Row>(id: string, header: string, of: (row: Row) => string | null): Column<Row> {
  return {
    id,
    header,
    type: 'custom',
    align: 'end',
    width: 28,
    cell: (row) => {
      const amount = of(row);
      return amount === null ? (
        <span className={classes.absent}>–</span>
      ) : (
        <span data-figures>{formatMoneyExact(amount)}</span>
      );
    },
  };
}

/** Only what differs is loud. */
function difference({ difference: amount, beside }: MatchedUsage) {
  if (beside === 'not_compared' && amount === null) return <span>{i18next.t('reconciliation.notCompared')}</span>;
  if (beside === 'differing' && Number(amount ?? 0) === 0) {
    return <span className={classes.differs}>{i18next.t('reconciliation.otherUse')}</span>;
  }
  if (amount === null) return <span className={classes.absent}>–</span>;
  const more = Number(amount) > 0 ? '+' : '';
  return (
    <span className={Number(amount) === 0 ? classes.absent : classes.differs} data-figures>
      {more}
      {formatMoneyExact(amount)}
    </span>
  );
}
