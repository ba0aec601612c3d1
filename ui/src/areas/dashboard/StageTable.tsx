/** The price of a run, stage by stage: what exists is priced as it is, what the stages will make is forecast. */
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PipelineEstimate } from '../../host';
import { formatCount, formatCredits, formatMoney, formatSpan } from '../../kit/format';
import classes from './dashboard.module.css';

export function StageTable({ estimate }: { estimate: PipelineEstimate }) {
  const { t } = useTranslation();
  const { stages, creditsMin, creditsMax, costMin, costMax, available } = estimate;
  return (
    <Table className={classes.prices ?? ''} aria-label={t('dashboard.run.table')} data-figures>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('dashboard.run.stage')}</Table.Th>
          <Table.Th>{t('dashboard.run.items')}</Table.Th>
          <Table.Th>{t('dashboard.run.credits')}</Table.Th>
          <Table.Th>{t('dashboard.run.cost')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {stages.map((stage) => (
          <Table.Tr key={stage.function}>
            <Table.Th scope="row">{t(`status.function.${stage.function}`)}</Table.Th>
            <Table.Td>
              {span(String(stage.itemsMin), String(stage.itemsMax), (count) => formatCount(Number(count)))}
            </Table.Td>
            <Table.Td>{span(stage.creditsMin, stage.creditsMax, formatCredits)}</Table.Td>
            <Table.Td>{span(stage.costMin, stage.costMax, formatMoney)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th scope="row">{t('dashboard.run.total')}</Table.Th>
          <Table.Td />
          <Table.Td>{span(creditsMin, creditsMax, formatCredits)}</Table.Td>
          <Table.Td>{span(costMin, costMax, formatMoney)}</Table.Td>
        </Table.Tr>
        <Table.Tr>
          <Table.Th scope="row" colSpan={2}>
            {t('dashboard.run.after', { available: formatCredits(available) })}
          </Table.Th>
          <Table.Td>{span(estimate.balanceAfterMin, estimate.balanceAfterMax, formatCredits)}</Table.Td>
          <Table.Td />
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  );
}

function span(least: string, most: string, format: (amount: string) => string): string {
  return formatSpan([least, most], format);
}
