/** How an article is on its way to the site: not yet, going, there with proof, or failed with the reason. */
import { Button, Group, Text } from '@mantine/core';
import { ReceiptText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../../data/faults';
import { statusOf } from '../../data/status';
import type { ContentView, ReceiptView, SiteView } from '../../host';
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
      <StatusDot {...statusOf('delivery', row.delivery)} />
      <Sentence view={view} site={name} />
      {row.delivery === 'failed' && <Failure code={view.failureCode} host={hostOf(site)} />}
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
          {t('articles.site.published', { site })} {row.publishedAt !== null && <When at={row.publishedAt} />}
        </Text>
      );
    case 'scheduled':
    case 'publishing':
    case 'failed':
      return <Text>{t(`articles.site.${row.delivery}`, { site })}</Text>;
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
function Failure({ code, host }: { code: string; host: string }) {
  const { what, advice } = wordsOf({ code: 'Site', detail: { host, failure: code, note: '' } });
  return (
    <div role="alert">
      <Text fw={500}>{what}</Text>
      <Text c="dimmed">{advice}</Text>
    </div>
  );
}

/** How the site is called in a sentence: its host, or the path of its folder. */
function hostOf(site: SiteView | null): string {
  if (site === null) return '';
  return URL.canParse(site.url) ? new URL(site.url).host : site.url;
}
