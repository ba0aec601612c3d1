/** The runs of a site, newest first: what each did, what it cost, and how it ended. */
import { Anchor, Button, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import type { RunRow, SiteView } from '../../host';
import { useNow } from '../../kit/clock';
import { EmptyState } from '../../kit/EmptyState';
import { ErrorState } from '../../kit/ErrorState';
import { formatCount, formatCredits, formatDateTime, formatDuration, localZone } from '../../kit/format';
import { TextSkeleton } from '../../kit/Skeletons';
import { StatusDot } from '../../kit/StatusDot';
import { When } from '../../kit/When';
import { runAddress } from '../../parts/pages';
import { workedMs } from '../../parts/pipeline/pipeline';
import classes from './automation.module.css';
import { stateOf, triggerWord } from './runWords';

/** Runs of one page; a page more is as many more. */
const PAGE = 50;

export function RunHistory({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(PAGE);
  const { data, error, refetch } = useCommand('runs', [site.id, null, limit], { keep: true });
  const problem = problemOf(error);
  if (problem !== null) return <ErrorState problem={problem} onRetry={() => void refetch()} />;
  if (data === undefined) return <TextSkeleton lines={8} />;
  if (data.rows.length === 0)
    return <EmptyState drawing="list" sentence={t('automation.history.empty', { site: site.name })} />;
  return (
    <div className={classes.scroll}>
      <Table highlightOnHover aria-label={t('automation.history.title')} data-figures>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('automation.history.began')}</Table.Th>
            <Table.Th>{t('automation.history.trigger')}</Table.Th>
            <Table.Th>{t('automation.history.state')}</Table.Th>
            <Table.Th ta="end">{t('automation.history.articles')}</Table.Th>
            <Table.Th ta="end">{t('automation.history.images')}</Table.Th>
            <Table.Th ta="end">{t('automation.history.failed')}</Table.Th>
            <Table.Th ta="end">{t('automation.history.credits')}</Table.Th>
            <Table.Th ta="end">{t('automation.history.took')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.rows.map((row) => (
            <Run key={row.id} row={row} />
          ))}
        </Table.Tbody>
      </Table>
      {data.nextCursor !== null && (
        <Button variant="subtle" onClick={() => setLimit(limit + PAGE)}>
          {t('automation.history.older')}
        </Button>
      )}
    </div>
  );
}

function Run({ row }: { row: RunRow }) {
  const { t } = useTranslation();
  const now = useNow();
  const at = formatDateTime(row.createdAt, localZone(), now);
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Anchor component={Link} {...runAddress(row.id)} size="sm" aria-label={t('automation.history.open', { at })}>
          <When at={row.createdAt} />
        </Anchor>
      </Table.Th>
      <Table.Td>{triggerWord(row.trigger)}</Table.Td>
      <Table.Td>
        <StatusDot {...stateOf(row)} />
      </Table.Td>
      <Table.Td ta="end">{formatCount(row.articles)}</Table.Td>
      <Table.Td ta="end">{formatCount(row.images)}</Table.Td>
      <Table.Td ta="end">{formatCount(row.unitsFailed)}</Table.Td>
      <Table.Td ta="end">{formatCredits(row.credits)}</Table.Td>
      <Table.Td ta="end">{formatDuration(workedMs(row, now))}</Table.Td>
    </Table.Tr>
  );
}
