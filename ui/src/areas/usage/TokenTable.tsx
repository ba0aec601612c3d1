/** Tokens by what they were for; each is counted in one line only, as providers price them. */
import { Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TokenBuckets } from '../../host';
import { formatCount, formatPart } from '../../kit/format';
import classes from './usage.module.css';

const BUCKETS = [
  'input',
  'cachedInput',
  'cacheWrite',
  'output',
  'reasoning',
  'imageInput',
  'imageOutput',
] as const satisfies readonly (keyof TokenBuckets)[];

export function TokenTable({ tokens }: { tokens: TokenBuckets }) {
  const { t } = useTranslation();
  const filled = BUCKETS.filter((bucket) => tokens[bucket] !== '0');
  const title = t('usage.tokens.title');
  return (
    <section className={classes.panel} aria-label={title}>
      <Title order={2}>{title}</Title>
      {filled.length === 0 ? (
        <p className={classes.none}>{t('usage.tokens.none')}</p>
      ) : (
        <Table className={classes.table ?? ''} data-figures aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('usage.tokens.bucket')}</Table.Th>
              <Table.Th>{t('usage.tokens.count')}</Table.Th>
              <Table.Th>{t('usage.column.share')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {filled.map((bucket) => (
              <Table.Tr key={bucket}>
                <Table.Th scope="row">{t(`usage.tokens.of.${bucket}`)}</Table.Th>
                <Table.Td>{formatCount(Number(tokens[bucket]))}</Table.Td>
                <Table.Td>{formatPart(Number(tokens[bucket]), Number(tokens.total))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th scope="row">{t('usage.tokens.total')}</Table.Th>
              <Table.Td>{formatCount(Number(tokens.total))}</Table.Td>
              <Table.Td />
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      )}
    </section>
  );
}
