/** Columns and filters of the outbox. */
import { Text } from '@mantine/core';
import i18next from 'i18next';
import { wordsOf } from '../../data/faults';
import { statusOf, wordOf } from '../../data/status';
import type { OutboxRow, SiteView } from '../../host';
import type { Column, Filter } from '../../kit/table/types';
import { deliveryWords } from '../../parts/publishing';

const STATES = ['in_hand', 'queued', 'waiting', 'parked'];

export function outboxColumns(): Column<OutboxRow>[] {
  const { t } = i18next;
  return [
    {
      id: 'article',
      header: t('outbox.column.article'),
      type: 'text',
      value: (row) => row.article,
      least: 44,
      fixed: true,
    },
    { id: 'site', header: t('outbox.column.site'), type: 'text', value: (row) => row.site, width: 36 },
    {
      id: 'state',
      header: t('outbox.column.state'),
      type: 'status',
      value: (row) => statusOf('outbox', row.state),
      width: 30,
    },
    {
      id: 'reason',
      header: t('outbox.column.reason'),
      type: 'custom',
      cell: (row) => <Reason row={row} />,
      least: 110,
      yields: 'never',
    },
    {
      id: 'nextTryAt',
      header: t('outbox.column.nextTry'),
      hint: t('outbox.column.nextTryHint'),
      type: 'time',
      value: (row) => row.nextTryAt,
      yields: 'never',
    },
    {
      id: 'attempts',
      header: t('outbox.column.tries'),
      type: 'number',
      value: (row) => row.attempts,
      width: 16,
      yields: 'first',
    },
    {
      id: 'what',
      header: t('outbox.column.what'),
      type: 'text',
      value: (row) => t(`outbox.what.${whatOf(row)}`),
      width: 24,
      yields: 'first',
    },
    {
      id: 'createdAt',
      header: t('outbox.column.asked'),
      type: 'time',
      value: (row) => row.createdAt,
      hiddenAtFirst: true,
    },
  ];
}

function whatOf({ goal, isUpdate }: OutboxRow) {
  if (goal === 'hand_over' || goal === 'take_back') return goal;
  return isUpdate ? 'update' : 'publish';
}

/** Why it is not there, and for what is parked the next step. */
function Reason({ row }: { row: OutboxRow }) {
  if (row.code === '') return null;
  const { advice } = wordsOf({ code: 'Site', detail: { host: row.host, failure: row.code, note: row.note } });
  const why = deliveryWords(row);
  const words = row.state === 'parked' && advice !== undefined ? `${why} ${advice}` : why;
  return (
    <Text span inherit truncate title={words}>
      {words}
    </Text>
  );
}

export function outboxFilters(sites: readonly SiteView[]): Filter[] {
  const { t } = i18next;
  return [
    {
      id: 'status',
      label: t('outbox.filter.state'),
      allLabel: t('outbox.filter.allStates'),
      options: STATES.map((value) => ({ value, label: wordOf('outbox', value) })),
    },
    {
      id: 'siteId',
      label: t('outbox.filter.site'),
      allLabel: t('outbox.filter.allSites'),
      options: sites.map(({ id, name }) => ({ value: id, label: name })),
    },
  ];
}
