/** Columns and filters of the list of clusters. */
import type { TFunction } from 'i18next';
import type { FilterWords } from '../../data/list';
import { statusOf, wordOf } from '../../data/status';
import type { ClusterRow } from '../../host';
import type { Column, Status } from '../../kit/table/types';

/** `withSector` for lists of all sectors; in one sector the column says nothing. */
export function clusterColumns(t: TFunction, withSector: boolean): readonly Column<ClusterRow>[] {
  const sector: Column<ClusterRow> = {
    id: 'sector',
    header: t('clusters.column.sector'),
    type: 'text',
    value: (row) => row.sector,
    width: 28,
    yields: 'first',
    sortable: true,
  };
  const number = (id: 'keywords' | 'ideas' | 'articles', sort: string, value: (row: ClusterRow) => number) =>
    ({ id: sort, header: t(`clusters.column.${id}`), type: 'number', value, width: 24, sortable: true }) as const;
  return [
    {
      id: 'name',
      header: t('clusters.column.name'),
      type: 'text',
      value: (row) => row.name,
      least: 60,
      fixed: true,
      sortable: true,
    },
    ...(withSector ? [sector] : []),
    number('keywords', 'keywordCount', (row) => row.keywordCount),
    {
      id: 'volume',
      header: t('clusters.column.volume'),
      hint: t('clusters.column.volumeHint'),
      type: 'number',
      value: (row) => row.volume,
      width: 22,
      sortable: true,
    },
    number('ideas', 'ideaCount', (row) => row.ideaCount),
    number('articles', 'contentCount', (row) => row.contentCount),
    {
      id: 'status',
      header: t('clusters.column.status'),
      type: 'status',
      value: (row) => clusterStatus(t, row),
      width: 28,
      sortable: true,
    },
    {
      id: 'createdAt',
      header: t('clusters.column.created'),
      type: 'time',
      value: (row) => row.createdAt,
      sortable: true,
    },
  ];
}

/** A cluster that is left out says so; one with ideas that waits for more got keywords which none of them covers. */
export function clusterStatus(t: TFunction, { isDisabled, status, ideaCount }: ClusterRow): Status {
  if (isDisabled) return { tone: 'neutral', label: t('clusters.disabled') };
  return statusOf('cluster', status === 'new' && ideaCount > 0 ? 'grown' : status);
}

/** Sectors are chosen in the header. */
export function clusterFilters(t: TFunction): readonly FilterWords[] {
  return [
    {
      field: 'status',
      label: t('clusters.filter.status'),
      allLabel: t('clusters.filter.allStatuses'),
      valueLabel: (value) => wordOf('cluster', value),
    },
  ];
}
