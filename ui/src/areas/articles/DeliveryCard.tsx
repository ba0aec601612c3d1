/** How an article is on its way to the site: not yet, going, there with proof, or failed with the reason. */
import { Button, Group, Text } from '@mantine/core';
import { ReceiptText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../../data/faults';
import { deliveryStatus } from '../../data/status';
import type { ContentView, DeliveryFailure, ReceiptView, SiteView } from '../../host';
import { StatusDot } from '../../kit/StatusDot';
import { When } from '../../kit/When';
import { SiteButton } from '../../parts/ReceiptDrawer';
import { Card } from './ArticleCards';

type Props = { view: ContentView; site: SiteView | null; onReceipt: () => void };

export function DeliveryCard({ view, site, onReceipt }: Props) {
  const { t } = useTranslation();
  const { row, receipt } = view;
  const name = site?.name ?? '';
  return (
    <Card title={t('articles.card.site')}>
      <StatusDot {...deliveryStatus(row)} />
      <Sentence view={view} site={name} />
      {row.failure !== null && <Failure {...row.failure} />}
      {receipt !== null && (
        <>
          <Text size="xs" c="dimmed">
            {arrivedWords(receipt)}
          </Text>
          <Group gap="sm">
            <SiteButton url={receipt.url} />
            <Button variant="subtle" leftSection={<ReceiptText size="1rem" aria-hidden />} onClick={onReceipt}>
              {t('articles.act.receipt')}
            </Button>
          </Group>
        </>
      )}
    </Card>
  );

  function arrivedWords({ fields }: ReceiptView): string {
    const asSent = fields.filter(({ verdict }) => verdict === 'as_sent').length;
    return asSent === fields.length
      ? t('articles.receipt.all', { count: fields.length })
      : t('articles.receipt.some', { asSent, total: fields.length });
  }
}

function Sentence({ view: { row }, site }: { view: ContentView; site: string }) {
  const { t } = useTranslation();
  switch (row.delivery) {
    case 'published':
      return (
        <Text>
          {t(row.isBehind ? 'articles.site.behind' : 'articles.site.published', { site })}{' '}
          {row.publishedAt !== null && <When at={row.publishedAt} />}
          {row.isBehind && `. ${t('articles.site.behindAdvice')}`}
        </Text>
      );
    case 'publishing':
      return <Text>{t(row.isInterrupted ? 'articles.site.interrupted' : 'articles.site.publishing', { site })}</Text>;
    case 'scheduled':
    case 'failed':
      return (
        <Text>
          {t(`articles.site.${row.delivery}`, { site })}
          {row.publishedAt !== null && ` ${t('articles.site.older')}`}
        </Text>
      );
    default:
      return (
        <Text>
          {t('articles.site.not_published', { site })}
          {row.status !== 'approved' && ` ${t('articles.site.approveFirst')}`}
        </Text>
      );
  }
}

/** Why the last delivery failed, and the next step. */
function Failure({ code, host, note }: DeliveryFailure) {
  const { what, advice, details } = wordsOf({ code: 'Site', detail: { host, failure: code, note } });
  return (
    <div role="alert">
      <Text fw={500}>{what}</Text>
      <Text c="dimmed">{advice}</Text>
      {details !== undefined && <Text c="dimmed">{details}</Text>}
    </div>
  );
}
