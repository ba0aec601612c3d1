/** What the last audit found: where, what stands there and what should. */
import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import type { FactView, FindingView } from '../../host';
import { formatCount, formatCreditsExact, formatInstantExact, formatMoneyExact } from '../../kit/format';
import classes from './credits.module.css';

/** Longest text of a value that is shown; the definition of a table is longer. */
const VALUE_CHARS_MAX = 120;

export function BooksFindings() {
  const { t } = useTranslation();
  const { data } = useCommand('booksFindings', []);
  if (data === undefined || data.findings.length === 0) return null;
  return (
    <section className={classes.findings} aria-labelledby="findings-title">
      <Title order={2} id="findings-title">
        {t('credits.books.differs')}
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('credits.books.column.place')}</Table.Th>
            <Table.Th>{t('credits.books.column.rule')}</Table.Th>
            <Table.Th>{t('credits.books.column.found')}</Table.Th>
            <Table.Th>{t('credits.books.column.expected')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.findings.map((finding) => (
            <Row key={`${finding.kind} ${finding.table} ${finding.row} ${finding.column}`} finding={finding} />
          ))}
        </Table.Tbody>
      </Table>
      {data.more > 0 && (
        <Text c="dimmed">{t('credits.books.more', { count: data.more, amount: formatCount(data.more) })}</Text>
      )}
    </section>
  );
}

function Row({ finding: { kind, table, row, column, found, expected } }: { finding: FindingView }) {
  const { t } = useTranslation();
  const place = t('credits.books.place', { table, row: row === '' ? t('credits.books.allRows') : row, column });
  return (
    <Table.Tr>
      <Table.Td>{place}</Table.Td>
      <Table.Td>{t(`credits.books.kind.${kind}`)}</Table.Td>
      <Table.Td data-figures>
        <Fact fact={found} />
      </Table.Td>
      <Table.Td data-figures>
        <Fact fact={expected} />
      </Table.Td>
    </Table.Tr>
  );
}

function Fact({ fact: { unit, value } }: { fact: FactView }) {
  const { t } = useTranslation();
  switch (unit) {
    case 'credits':
      return t('kit.credits', { count: Number(value), amount: formatCreditsExact(value) });
    case 'usd':
      return formatMoneyExact(value);
    case 'time':
      return formatInstantExact(value);
    case 'count':
      return value;
    case 'text':
      return value.length > VALUE_CHARS_MAX ? `${value.slice(0, VALUE_CHARS_MAX)}…` : value;
    case 'nothing':
      return t('credits.books.nothing');
  }
}
