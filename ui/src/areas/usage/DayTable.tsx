/** The days in numbers, the newest first; for those who read rather than look, and for copying. */
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UsageMeasure, UsagePoint } from '../../host';
import { formatDay } from '../../kit/format';
import type { Stack } from './series';
import classes from './usage.module.css';

type Props = {
  points: readonly UsagePoint[];
  stack: Stack;
  measure: UsageMeasure;
  format: (amount: number) => string;
};

export function DayTable({ points, stack, measure, format }: Props) {
  const { t } = useTranslation();
  const rows = points.map((point, place) => ({ point, values: stack.points[place]?.values ?? {} })).reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className={classes.days} tabIndex={0} aria-label={t('usage.days.table')}>
      <Table stickyHeader className={classes.table ?? ''} data-figures>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('usage.days.day')}</Table.Th>
            {stack.series.map(({ id, name }) => (
              <Table.Th key={id}>{name}</Table.Th>
            ))}
            <Table.Th>{t('usage.days.sum')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ point, values }) => (
            <Table.Tr key={point.day}>
              <Table.Th scope="row">{formatDay(point.day)}</Table.Th>
              {stack.series.map(({ id }) => (
                <Table.Td key={id}>{values[id] === undefined ? '–' : format(values[id])}</Table.Td>
              ))}
              <Table.Td>{format(Number(point.figures[measure]))}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
