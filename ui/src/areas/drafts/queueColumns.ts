/** What the queue shows of a task. */
import i18next from 'i18next';
import { codeWords } from '../../data/codes';
import { statusOf, wordOf } from '../../data/status';
import type { TaskRow } from '../../host';
import type { Column } from '../../kit/table/types';

export function queueColumns(): Column<TaskRow>[] {
  const { t } = i18next;
  return [
    {
      id: 'title',
      header: t('articles.column.title'),
      type: 'text',
      value: (row) => row.title,
      fixed: true,
      sortable: true,
    },
    {
      id: 'cluster',
      header: t('articles.column.cluster'),
      type: 'text',
      value: (row) => row.cluster,
      width: 40,
      sortable: true,
    },
    {
      id: 'contentStructure',
      header: t('articles.column.structure'),
      type: 'text',
      value: (row) => wordOf('structure', row.contentStructure),
      width: 28,
      sortable: true,
    },
    {
      id: 'wordCountTarget',
      header: t('drafts.column.target'),
      hint: t('drafts.column.targetHint'),
      type: 'number',
      value: (row) => row.wordCountTarget,
      width: 24,
      sortable: true,
    },
    {
      id: 'status',
      header: t('drafts.column.status'),
      type: 'status',
      value: (row) => statusOf('task', row.status),
      width: 28,
      sortable: true,
    },
    {
      id: 'why',
      header: t('drafts.column.why'),
      type: 'text',
      value: ({ errorCode }) => (errorCode === '' ? null : codeWords(errorCode).what),
      width: 56,
      yields: 'last',
    },
    {
      id: 'createdAt',
      header: t('drafts.column.queued'),
      type: 'time',
      value: (row) => row.createdAt,
      sortable: true,
    },
  ];
}
