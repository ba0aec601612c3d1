/** Which times the settings give in the next thirty days, and which articles would get them; before anything is kept. */
import { Alert, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import type { FreeTime, PublishingSettingsView } from '../../host';
import { useNow } from '../../kit/clock';
import { ErrorState } from '../../kit/ErrorState';
import { formatCount, formatDateTime } from '../../kit/format';
import classes from './sites.module.css';

/** How long somebody must have stopped typing. */
const TYPED_MS = 250;

type Props = {
  siteId: string;
  /** Null while something in them is wrong. */
  settings: PublishingSettingsView | null;
};

export function SchedulePreview({ siteId, settings }: Props) {
  const { t } = useTranslation();
  const [typed] = useDebouncedValue(settings, TYPED_MS);
  const { data, error, refetch } = useCommand('publishingPreview', [siteId, typed], {
    enabled: typed !== null,
    keep: true,
  });
  const problem = problemOf(error);
  return (
    <section aria-label={t('publishing.preview')}>
      <Title order={4}>{t('publishing.preview')}</Title>
      <Text size="xs" c="dimmed" mb="sm">
        {t('publishing.previewHint')}
      </Text>
      {settings === null && <Text size="sm">{t('publishing.previewWrong')}</Text>}
      {settings !== null && problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {settings !== null && data !== undefined && (
        <>
          {data.isQueueFull && (
            <Alert color="warning" mb="sm">
              {t('publishing.previewFull')}
            </Alert>
          )}
          {data.times.length === 0 && <Text size="sm">{t('publishing.previewEmpty')}</Text>}
          <ol className={classes.times}>
            {data.times.map((time) => (
              <Time key={time.at} time={time} zone={data.zone} />
            ))}
          </ol>
          <Text size="xs" c="dimmed">
            {data.isMore && t('publishing.previewMore', { amount: formatCount(data.times.length) })}{' '}
            {data.leftOver > 0 &&
              t('publishing.previewLeft', { count: data.leftOver, amount: formatCount(data.leftOver) })}
          </Text>
        </>
      )}
    </section>
  );
}

function Time({ time: { at, shift, article }, zone }: { time: FreeTime; zone: string }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <li className={classes.time}>
      <time dateTime={at} data-figures>
        {formatDateTime(at, zone, now)}
      </time>
      <span className={article === null ? classes.free : undefined}>{article ?? t('publishing.previewFree')}</span>
      {(shift === 'gap' || shift === 'overlap') && (
        <Text span size="xs" c="dimmed">
          {t(`publishing.${shift}`)}
        </Text>
      )}
    </li>
  );
}
