/** What a model cost and since when. A price is never changed: a new one is a new row, and calls keep theirs. */
import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ModelView } from '../../host';
import { When } from '../../kit/When';
import { pricesOf } from './catalogue';
import { creditsOf } from './modelColumns';

type Price = { label: string; of: (row: ModelView) => string | null };

export function PriceHistory({ model, all }: { model: ModelView; all: readonly ModelView[] }) {
  const { t } = useTranslation();
  const rows = pricesOf(all, model);
  const prices = usePrices(model.modelType === 'text', rows);
  return (
    <section aria-label={t('models.history.title')}>
      <Title order={3} mb="xs">
        {t('models.history.title')}
      </Title>
      <Table data-figures>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('models.history.since')}</Table.Th>
            {prices.map(({ label }) => (
              <Table.Th key={label}>{label}</Table.Th>
            ))}
            <Table.Th>{t('models.column.credits')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td>
                <When at={row.pricedAt} style="exact" />
                {row.isActive && ` · ${t('models.history.now')}`}
              </Table.Td>
              {prices.map(({ label, of }) => (
                <Table.Td key={label}>{dollars(of(row))}</Table.Td>
              ))}
              <Table.Td>{creditsOf(row) ?? '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt="xs">
        {t('models.history.note')}
      </Text>
    </section>
  );
}

/** The prices that every model of the kind has, and of the finer ones those that it had at some time. */
function usePrices(isText: boolean, rows: readonly ModelView[]): Price[] {
  const { t } = useTranslation();
  const finer: Price[] = [
    { label: t('models.detail.cached'), of: (row) => row.costPer1kCachedInput },
    { label: t('models.detail.cacheWrite'), of: (row) => row.costPer1kCacheWrite },
    { label: t('models.detail.reasoning'), of: (row) => row.costPer1kReasoning },
    { label: t('models.detail.imageInput'), of: (row) => row.costPer1kImageInput },
  ];
  const input: Price = { label: t('models.column.input'), of: (row) => row.costPer1kInput };
  const image: Price = { label: t('models.column.image'), of: (row) => row.costPerImage };
  const had = ({ of }: Price) => rows.some((row) => of(row) !== null);
  return [
    ...(isText ? [input] : [image, ...[input].filter(had)]),
    { label: t('models.column.output'), of: (row) => row.costPer1kImageOutput ?? row.costPer1kOutput },
    ...finer.filter(had),
  ];
}

function dollars(price: string | null): string {
  return price === null ? '–' : `$${price}`;
}
