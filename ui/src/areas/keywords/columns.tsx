/** The columns of the keywords list and its filters. */
import { Tooltip } from '@mantine/core';
import i18next from 'i18next';
import type { FilterWords } from '../../data/list';
import { statusOf, wordOf } from '../../data/status';
import type { KeywordRow } from '../../host';
import { formatCount } from '../../kit/format';
import { StatusDot } from '../../kit/StatusDot';
import type { Column, Status } from '../../kit/table/types';
import { difficultyStatus } from './difficulty';
import classes from './keywords.module.css';

/** Columns; the sector stands only where rows of several are shown. */
export function keywordColumns(withSector: boolean): readonly Column<KeywordRow>[] {
  const { t } = i18next;
  const sector: Column<KeywordRow> = {
    id: 'sector',
    header: t('keywords.column.sector'),
    type: 'text',
    value: (row) => row.sector,
    width: 24,
    yields: 'first',
    sortable: true,
  };
  return [
    {
      id: 'text',
      header: t('keywords.column.text'),
      type: 'text',
      value: (row) => row.text,
      least: 60,
      fixed: true,
      sortable: true,
    },
    ...(withSector ? [sector] : []),
    {
      id: 'volume',
      header: t('keywords.column.volume'),
      hint: t('keywords.column.volumeHint'),
      type: 'custom',
      align: 'end',
      cell: ({ volume, volumeIsImpressions }) =>
        volume === null ? null : <VolumeCell volume={volume} isImpressions={volumeIsImpressions} />,
      width: 26,
      sortable: true,
    },
    {
      id: 'difficulty',
      header: t('keywords.column.difficulty'),
      hint: t('keywords.column.difficultyHint'),
      type: 'custom',
      cell: ({ difficulty }) => (difficulty === null ? null : <StatusDot {...difficultyStatus(difficulty)} />),
      width: 35,
      sortable: true,
    },
    {
      id: 'intent',
      header: t('keywords.column.intent'),
      type: 'custom',
      cell: ({ intent }) => (intent === '' ? null : <span className={classes.badge}>{wordOf('intent', intent)}</span>),
      width: 30,
      sortable: true,
    },
    {
      id: 'cluster',
      header: t('keywords.column.cluster'),
      type: 'text',
      value: (row) => row.cluster,
      least: 42,
      yields: 'last',
      sortable: true,
    },
    {
      id: 'status',
      header: t('keywords.column.status'),
      type: 'status',
      value: keywordStatus,
      width: 28,
      sortable: true,
    },
    {
      id: 'createdAt',
      header: t('keywords.column.createdAt'),
      type: 'time',
      value: (row) => row.createdAt,
      sortable: true,
      hiddenAtFirst: true,
    },
    {
      id: 'cpc',
      header: t('keywords.column.cpc'),
      type: 'money',
      value: (row) => row.cpc,
      width: 28,
      sortable: true,
      hiddenAtFirst: true,
    },
    {
      id: 'country',
      header: t('keywords.column.country'),
      type: 'text',
      value: (row) => row.country || null,
      width: 20,
      sortable: true,
      hiddenAtFirst: true,
    },
    {
      id: 'source',
      header: t('keywords.column.source'),
      type: 'text',
      value: (row) => row.source || null,
      width: 44,
      hiddenAtFirst: true,
    },
  ];
}

/** Filters whose values come from the data. */
export function keywordFilters(): readonly FilterWords[] {
  const { t } = i18next;
  return [
    {
      field: 'status',
      label: t('keywords.column.status'),
      allLabel: t('keywords.filter.allStatus'),
      valueLabel: (word) => wordOf('keyword', word),
    },
    {
      field: 'intent',
      label: t('keywords.column.intent'),
      allLabel: t('keywords.filter.allIntent'),
      valueLabel: (word) => (word === '' ? t('keywords.filter.unknown') : wordOf('intent', word)),
    },
    { field: 'clusterId', label: t('keywords.column.cluster'), allLabel: t('keywords.filter.allCluster') },
  ];
}

/** Where a keyword stands; one that fitted nowhere says so, since nothing waits for it. */
export function keywordStatus({ status, isDisabled, isPassedOver }: KeywordRow): Status {
  if (isDisabled) return { tone: 'neutral', label: i18next.t('keywords.disabled') };
  return isPassedOver ? { tone: 'neutral', label: i18next.t('keywords.passedOver') } : statusOf('keyword', status);
}

function VolumeCell({ volume, isImpressions }: { volume: number; isImpressions: boolean }) {
  if (!isImpressions) return <span data-figures>{formatCount(volume)}</span>;
  return (
    <Tooltip label={i18next.t('keywords.impressionsHint')} multiline maw="18rem">
      <span data-figures>{i18next.t('keywords.impressions', { amount: formatCount(volume) })}</span>
    </Tooltip>
  );
}
