/** The log of a run, newest line first. */
import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import type { RunEventRow } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { formatCount, formatCredits } from '../../kit/format';
import { TextSkeleton } from '../../kit/Skeletons';
import { When } from '../../kit/When';
import classes from './automation.module.css';
import { eventWords, reasonOf } from './runWords';

/** Lines of one page; a page more is as many more, up to what the host gives at once. */
const PAGE = 100;
const LINES_MAX = 500;

export function RunLog({ id }: { id: string }) {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(PAGE);
  const { data, error, refetch } = useCommand('runEvents', [id, null, limit], { keep: true });
  const problem = problemOf(error);
  return (
    <section className={classes.card} aria-labelledby="run-log">
      <h2 id="run-log" className={classes.title}>
        {t('automation.run.log')} {data !== undefined && `(${formatCount(data.total)})`}
      </h2>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {problem === null && data === undefined && <TextSkeleton lines={6} />}
      {data?.rows.length === 0 && <p className={classes.quiet}>{t('automation.run.empty')}</p>}
      {data !== undefined && data.rows.length > 0 && (
        <div className={classes.scroll}>
          <Table aria-labelledby="run-log" data-figures>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('automation.run.when')}</Table.Th>
                <Table.Th>{t('automation.run.what')}</Table.Th>
                <Table.Th>{t('automation.run.item')}</Table.Th>
                <Table.Th>{t('automation.run.why')}</Table.Th>
                <Table.Th ta="end">{t('automation.history.credits')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.rows.map((row) => (
                <Line key={row.id} row={row} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {data !== undefined && data.nextCursor !== null && limit < LINES_MAX && (
        <Button variant="subtle" onClick={() => setLimit(Math.min(LINES_MAX, limit + PAGE))}>
          {t('automation.run.older')}
        </Button>
      )}
    </section>
  );
}

function Line({ row }: { row: RunEventRow }) {
  const { t } = useTranslation();
  const item =
    row.items > 1 ? t('pipeline.andOthers', { name: row.item, amount: formatCount(row.items - 1) }) : row.item;
  return (
    <Table.Tr>
      <Table.Td>
        <When at={row.at} />
      </Table.Td>
      <Table.Td>{eventWords(row)}</Table.Td>
      <Table.Td>{item}</Table.Td>
      <Table.Td>{reasonOf(row)}</Table.Td>
      <Table.Td ta="end">{Number(row.credits) > 0 ? formatCredits(row.credits) : ''}</Table.Td>
    </Table.Tr>
  );
}
