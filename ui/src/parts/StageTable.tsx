/** The price of a run, stage by stage: what exists is priced as it is, what the stages will make is forecast. */
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PipelineEstimate } from '../host';
import { formatCount, formatCreditSpan, formatCredits, formatMoney, formatSpan } from '../kit/format';
import classes from './StageTable.module.css';

/** A run that begins, or one that goes on. */
export type StagePrices = Pick<
  PipelineEstimate,
  'stages' | 'creditsMin' | 'creditsMax' | 'costMin' | 'costMax' | 'available' | 'balanceAfterMin' | 'balanceAfterMax'
>;

export function StageTable({ estimate }: { estimate: StagePrices }) {
  const { t } = useTranslation();
  const { stages, creditsMin, creditsMax, costMin, costMax, available } = estimate;
  const isCapped = stages.reduce((sum, stage) => sum + Number(stage.creditsMax), 0) > Number(creditsMax);
  return (
    <Table className={classes.prices ?? ''} aria-label={t('work.stages.table')} data-figures>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('work.stages.stage')}</Table.Th>
          <Table.Th>{t('work.stages.items')}</Table.Th>
          <Table.Th>{t('work.stages.credits')}</Table.Th>
          <Table.Th>{t('work.stages.cost')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {stages.map((stage) => (
          <Table.Tr key={stage.function}>
            <Table.Th scope="row">{t(`status.function.${stage.function}`)}</Table.Th>
            <Table.Td>
              {formatSpan([String(stage.itemsMin), String(stage.itemsMax)], (count) => formatCount(Number(count)))}
            </Table.Td>
            <Table.Td>{formatCreditSpan([stage.creditsMin, stage.creditsMax])}</Table.Td>
            <Table.Td>{formatSpan([stage.costMin, stage.costMax], formatMoney)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th scope="row">{t(isCapped ? 'work.stages.totalCapped' : 'work.stages.total')}</Table.Th>
          <Table.Td />
          <Table.Td>{formatCreditSpan([creditsMin, creditsMax])}</Table.Td>
          <Table.Td>{formatSpan([costMin, costMax], formatMoney)}</Table.Td>
        </Table.Tr>
        <Table.Tr>
          <Table.Th scope="row" colSpan={2}>
            {t('work.stages.after', { available: formatCredits(available) })}
          </Table.Th>
          <Table.Td>{formatCreditSpan([estimate.balanceAfterMin, estimate.balanceAfterMax])}</Table.Td>
          <Table.Td />
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  );
}
