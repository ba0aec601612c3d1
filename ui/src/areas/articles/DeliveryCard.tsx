/** How an article is on its way to the site: not yet, going, there with proof, or failed with the reason. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ReceiptText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../../data/faults';
import { deliveryStatus } from '../../data/status';
import type { ContentRow, ContentView, DeliveryFailure, ReceiptView, SiteView } from '../../host';
import { useNow } from '../../kit/clock';
import { StatusDot } from '../../kit/StatusDot';
import { When } from '../../kit/When';
import { conflictAddress } from '../../parts/pages';
import { deliveryWords, isPostMissing, REFUSALS } from '../../parts/publishing';
import { SiteButton } from '../../parts/ReceiptDrawer';
import { Card } from './ArticleCards';
import { PassageSearch } from './PassageSearch';
import { PlannedTime } from './PlannedTime';

type Props = { view: ContentView; site: SiteView | null; onReceipt: () => void; onHandOver: () => void };

export function DeliveryCard({ view, site, onReceipt, onHandOver }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const { row, receipt } = view;
  const name = site?.name ?? '';
  return (
    <Card title={t('articles.card.site')}>
      <StatusDot {...deliveryStatus(row, now)} />
      <Sentence view={view} site={name} />
      <PlannedTime view={view} site={site} onProof={onHandOver} />
      {row.isEditedThere ? (
        <EditedThere id={row.id} site={name} />
      ) : (
        row.failure !== null && <Failure {...row.failure} />
      )}
      {row.failure !== null && REFUSALS.includes(row.failure.code) && <PassageSearch id={row.id} />}
      {receipt !== null && (
        <>
          <Text size="xs" c="dimmed">
            {arrivedWords(receipt)}
            {row.isBehind && `. ${t('articles.receipt.live', { version: receipt.version })}`}
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
          {t(publishedSentence(row), { site })} {row.publishedAt !== null && <When at={row.publishedAt} />}
          {row.isBehind &&
            `. ${t(row.failure === null ? 'articles.site.behindAdvice' : 'articles.site.updateFailedAdvice')}`}
        </Text>
      );
    case 'publishing':
      return <OnItsWay row={row} site={site} />;
    case 'scheduled':
      return null;
    case 'failed':
      return <Text>{t(isPostMissing(row) ? 'articles.site.missing' : 'articles.site.failed', { site })}</Text>;
    default:
      return (
        <Text>
          {t('articles.site.not_published', { site })}
          {row.status !== 'approved' && ` ${t('articles.site.approveFirst')}`}
          {row.isUnsent && ` ${t('schedule.card.takeBack', { site })}`}
        </Text>
      );
  }
}

/** On its way, or waiting for its turn or for the site. */
function OnItsWay({ row: { waits }, site }: { row: ContentRow; site: string }) {
  const { t } = useTranslation();
  if (waits === null) return <Text>{t('articles.site.publishing', { site })}</Text>;
  return (
    <>
      {waits.code !== '' && <Text fw={500}>{deliveryWords(waits)}</Text>}
      <Text>
        {t(waits.code === '' ? 'articles.site.queued' : 'articles.site.waiting', { site })}
        {waits.nextTryAt !== null && (
          <>
            {' '}
            {t('articles.site.nextTry')} <When at={waits.nextTryAt} />
          </>
        )}
      </Text>
    </>
  );
}

function publishedSentence({ isBehind, failure }: ContentRow) {
  if (!isBehind) return 'articles.site.published';
  return failure === null ? 'articles.site.behind' : 'articles.site.updateFailed';
}

/** Somebody has changed it there: nothing is written over that until it is decided. */
function EditedThere({ id, site }: { id: string; site: string }) {
  const { t } = useTranslation();
  return (
    <Alert color="warning" variant="light" role="alert">
      <Text mb="sm">{t('conflict.card', { site })}</Text>
      <Button component={Link} {...conflictAddress(id)} variant="default">
        {t('conflict.act.compare')}
      </Button>
    </Alert>
  );
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
