/** The stages of a run: what waited, what each took and made, and what it cost, beside the run before. */
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunView } from '../../host';
import { formatCount, formatCredits } from '../../kit/format';
import classes from './automation.module.css';
import { stageWord } from './runWords';

export function RunStages({ view: { stages, before } }: { view: RunView }) {
  const { t } = useTranslation();
  return (
    <section className={classes.card} aria-labelledby="run-stages">
      <h2 id="run-stages" className={classes.title}>
        {t('automation.run.stages')}
      </h2>
      <div className={classes.scroll}>
        <Table aria-labelledby="run-stages" data-figures>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('automation.run.stage')}</Table.Th>
              <Table.Th ta="end">{t('automation.run.waiting')}</Table.Th>
              <Table.Th ta="end">{t('automation.run.taken')}</Table.Th>
              <Table.Th ta="end">{t('automation.history.failed')}</Table.Th>
              <Table.Th ta="end">{t('automation.run.made')}</Table.Th>
              {before !== null && <Table.Th ta="end">{t('automation.run.beforeMade')}</Table.Th>}
              <Table.Th ta="end">{t('automation.history.credits')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {stages.map((row) => (
              <Table.Tr key={row.stage}>
                <Table.Th scope="row">
                  {stageWord(row.stage)} {!row.isOn && `(${t('automation.run.off')})`}
                </Table.Th>
                <Table.Td ta="end">{formatCount(row.waiting)}</Table.Td>
                <Table.Td ta="end">{formatCount(row.taken)}</Table.Td>
                <Table.Td ta="end">{formatCount(row.failed)}</Table.Td>
                <Table.Td ta="end">{formatCount(row.made)}</Table.Td>
                {before !== null && (
                  <Table.Td ta="end">
                    {formatCount(before.stages.find(({ stage }) => stage === row.stage)?.made ?? 0)}
                  </Table.Td>
                )}
                <Table.Td ta="end">{formatCredits(row.credits)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}
