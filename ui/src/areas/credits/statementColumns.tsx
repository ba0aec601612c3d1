/** The statement: its columns and filters, and its notes in words. */
import i18next from 'i18next';
import { codeWords } from '../../data/codes';
import { wordOf } from '../../data/status';
import type { TransactionRow } from '../../host';
import { formatCredits, formatMonth } from '../../kit/format';
import type { Column, Filter } from '../../kit/table/types';
import classes from './credits.module.css';

const TYPES = ['grant', 'deduction', 'release', 'refusal', 'lapse'];
const FUNCTIONS = ['auto_cluster', 'generate_ideas', 'generate_content', 'generate_image_prompts', 'generate_images'];

export function statementColumns(): Column<TransactionRow>[] {
  const { t } = i18next;
  return [
    {
      id: 'transactionType',
      header: t('credits.column.type'),
      type: 'text',
      value: (row) => wordOf('transaction', row.transactionType),
      width: 26,
      fixed: true,
    },
    {
      id: 'operationType',
      header: t('credits.column.operation'),
      type: 'text',
      // Grants are for nothing in particular.
      value: (row) => (row.operationType === '' ? null : wordOf('operationType', row.operationType)),
      width: 40,
    },
    { id: 'memo', header: t('credits.column.memo'), type: 'text', value: memoWords },
    { id: 'amount', header: t('credits.column.amount'), type: 'custom', align: 'end', width: 26, cell: amount },
    {
      id: 'balanceAfter',
      header: t('credits.column.after'),
      type: 'credits',
      value: (row) => row.balanceAfter,
      width: 34,
    },
    { id: 'at', header: t('credits.column.at'), type: 'time', value: (row) => row.at },
  ];
}

export function statementFilters(): Filter[] {
  const { t } = i18next;
  return [
    {
      id: 'status',
      label: t('credits.filter.type'),
      allLabel: t('credits.filter.allTypes'),
      options: TYPES.map((value) => ({ value, label: wordOf('transaction', value) })),
    },
    {
      id: 'kind',
      label: t('credits.filter.function'),
      allLabel: t('credits.filter.allFunctions'),
      options: FUNCTIONS.map((value) => ({ value, label: wordOf('function', value) })),
    },
  ];
}

const MONTH = /^\d{4}-\d{2}$/;

/** Grants of a budget are noted by their month, what was given back by its reason; other notes were typed. */
export function memoWords({ transactionType, memo }: Pick<TransactionRow, 'transactionType' | 'memo'>): string | null {
  if (memo === '') return null;
  if (MONTH.test(memo)) return i18next.t('credits.month', { month: formatMonth(memo) });
  if (transactionType === 'release' || transactionType === 'refusal') return codeWords(memo).what;
  return memo;
}

/** What came in carries its sign as well. */
function amount({ amount: credits }: TransactionRow) {
  const isIn = Number(credits) > 0;
  return (
    <span className={isIn ? classes.in : undefined} data-figures>
      {isIn ? '+' : ''}
      {formatCredits(credits)}
    </span>
  );
}
