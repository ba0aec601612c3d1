/** Columns and filters of the list of ideas. */
import type { TFunction } from 'i18next';
import { codeWords } from '../../data/codes';
import type { FilterWords } from '../../data/list';
import { statusOf, wordOf } from '../../data/status';
import type { IdeaRow } from '../../host';
import type { Column } from '../../kit/table/types';
import { type Repeats, repeatsColumns } from '../../parts/repeats';

/** `withSector` for lists of all sectors; in one sector the column says nothing. */
export function ideaColumns(t: TFunction, withSector: boolean, repeats: Repeats): readonly Column<IdeaRow>[] {
  const text = (id: 'cluster' | 'sector', width: number): Column<IdeaRow> => ({
    id,
    header: t(`ideas.column.${id}`),
    type: 'text',
    value: (row) => row[id],
    width,
    sortable: true,
    ...(id === 'sector' && { yields: 'first' }),
  });
  return [
    {
      id: 'title',
      header: t('ideas.column.title'),
      type: 'text',
      value: (row) => row.title,
      fixed: true,
      sortable: true,
    },
    text('cluster', 42),
    ...(withSector ? [text('sector', 24)] : []),
    {
      id: 'contentStructure',
      header: t('ideas.column.structure'),
      type: 'text',
      value: (row) => wordOf('structure', row.contentStructure),
      width: 26,
      sortable: true,
    },
    {
      id: 'wordCountTarget',
      header: t('ideas.column.words'),
      hint: t('ideas.column.wordsHint'),
      type: 'number',
      value: (row) => row.wordCountTarget,
      width: 20,
      sortable: true,
    },
    {
      id: 'status',
      header: t('ideas.column.status'),
      type: 'status',
      value: (row) => statusOf('idea', row.status),
      width: 24,
      sortable: true,
    },
    {
      id: 'why',
      header: t('ideas.column.why'),
      type: 'text',
      value: ({ errorCode }) => (errorCode === '' ? null : codeWords(errorCode).what),
      width: 36,
    },
    ...repeatsColumns<IdeaRow>(repeats),
    {
      id: 'createdAt',
      header: t('ideas.column.created'),
      type: 'time',
      value: (row) => row.createdAt,
      sortable: true,
    },
  ];
}

/** Sectors are chosen in the header. */
export function ideaFilters(t: TFunction): readonly FilterWords[] {
  return [
    {
      field: 'status',
      label: t('ideas.filter.status'),
      allLabel: t('ideas.filter.allStatuses'),
      valueLabel: (value) => wordOf('idea', value),
    },
    { field: 'clusterId', label: t('ideas.filter.cluster'), allLabel: t('ideas.filter.allClusters') },
    {
      field: 'contentStructure',
      label: t('ideas.filter.structure'),
      allLabel: t('ideas.filter.allStructures'),
      valueLabel: (value) => wordOf('structure', value),
    },
  ];
}
