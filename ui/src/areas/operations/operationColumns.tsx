/** Columns of the AI tasks page. */
import i18next from 'i18next';
import { statusOf, wordOf } from '../../data/status';
import type { OperationRow } from '../../host';
import { formatCount, formatDuration } from '../../kit/format';
import type { Column, Status } from '../../kit/table/types';
import { workOf } from '../../parts/workWords';
import classes from './operations.module.css';

export function operationColumns(): Column<OperationRow>[] {
  const { t } = i18next;
  return [
    {
      id: 'function',
      header: t('operations.column.function'),
      type: 'text',
      value: (row) => wordOf('function', workOf(row)),
      least: 44,
      fixed: true,
    },
    { id: 'site', header: t('operations.column.site'), type: 'text', value: (row) => row.site, width: 38 },
    { id: 'status', header: t('operations.column.status'), type: 'status', value: operationStatus, width: 30 },
    {
      id: 'steps',
      header: t('operations.column.steps'),
      hint: t('operations.column.stepsHint'),
      type: 'custom',
      width: 40,
      cell: steps,
    },
    {
      id: 'results',
      header: t('operations.column.results'),
      hint: t('operations.column.resultsHint'),
      type: 'number',
      value: (row) => row.results,
      width: 20,
    },
    { id: 'credits', header: t('operations.column.credits'), type: 'credits', value: (row) => row.credits, width: 20 },
    {
      id: 'cost',
      header: t('operations.column.cost'),
      hint: t('operations.column.costHint'),
      type: 'money',
      value: (row) => row.cost,
      width: 20,
    },
    {
      id: 'model',
      header: t('operations.column.model'),
      type: 'text',
      value: (row) => row.model,
      width: 36,
      hiddenAtFirst: true,
    },
    {
      id: 'startedBy',
      header: t('operations.column.startedBy'),
      type: 'text',
      value: (row) => wordOf('startedBy', row.startedBy),
      width: 28,
      hiddenAtFirst: true,
    },
    {
      id: 'createdAt',
      header: t('operations.column.started'),
      type: 'time',
      value: (row) => row.createdAt,
    },
    { id: 'duration', header: t('operations.column.duration'), type: 'text', value: took, width: 16 },
  ];
}

type Ending = Pick<OperationRow, 'status' | 'endedAt' | 'isCancelled' | 'unitsDone' | 'unitsFailed' | 'unitsTotal'>;

/** The state of an operation; one that was stopped on purpose did not fail, and one that ended early is not done. */
export function operationStatus(row: Ending): Status {
  const isEarly = row.status === 'success' && row.unitsDone + row.unitsFailed < row.unitsTotal;
  const isStopped = isEarly || (row.isCancelled && row.endedAt !== null);
  return isStopped ? { tone: 'warning', label: i18next.t('operations.stopped') } : statusOf('operation', row.status);
}

/** How long it took; nothing while it runs. */
export function took({ createdAt, endedAt }: Pick<OperationRow, 'createdAt' | 'endedAt'>): string | null {
  return endedAt === null ? null : formatDuration(new Date(endedAt).getTime() - new Date(createdAt).getTime());
}

function steps({ unitsDone, unitsFailed, unitsTotal }: OperationRow) {
  const { t } = i18next;
  return (
    <span data-figures>
      {t('operations.steps', { done: formatCount(unitsDone + unitsFailed), total: formatCount(unitsTotal) })}
      {unitsFailed > 0 && (
        <span className={classes.failed}> · {t('operations.stepsFailed', { count: unitsFailed })}</span>
      )}
    </span>
  );
}
