/** What these words are sent as for a real item of a site, and one trial of them with its price. */
import { Alert, Code, Group, Text, Title } from '@mantine/core';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeyedAct } from '../../data/command';
import { wordsOf } from '../../data/faults';
import { tell } from '../../data/problems';
import { useScope } from '../../data/scope';
import { useIsStopped } from '../../data/spending';
import type { PromptPreview, PromptTrialRequest, SiteView } from '../../host';
import { PricedButton } from '../../kit/PricedButton';
import { TrialResult } from '../../parts/TrialResult';
import classes from './prompts.module.css';
import { usePreview } from './usePreview';

/** Without a site of its own, a prompt is shown with the site the window looks at. */
type Props = { kind: string; body: string; site: SiteView | null };

export function PreviewPanel({ kind, body, site: own }: Props) {
  const { t } = useTranslation();
  const scope = useScope();
  const site = own ?? scope.site;
  const request = site === null ? null : { kind, siteId: site.id, body };
  const { preview, fault, isCurrent } = usePreview(request);
  if (site === null || request === null) return <Text c="dimmed">{t('prompts.preview.noSite')}</Text>;
  return (
    <section className={classes.preview} aria-label={t('prompts.preview.title')}>
      <Title order={3}>{t('prompts.preview.title')}</Title>
      {fault !== null && (
        <Alert color="warning" variant="light" aria-live="polite">
          <Text fw={500}>{wordsOf(fault).what}</Text>
          <Text size="sm">{wordsOf(fault).advice}</Text>
          {preview !== null && <Text size="sm">{t('prompts.preview.stale')}</Text>}
        </Alert>
      )}
      {preview !== null && (
        <>
          <Text size="sm" c="dimmed">
            {preview.item === ''
              ? t('prompts.preview.noItem', { site: site.name })
              : t('prompts.preview.of', { item: preview.item, site: site.name })}
          </Text>
          <Sent label={t('prompts.preview.instruction')} text={preview.instruction} open />
          {preview.data !== '' && <Sent label={t('prompts.preview.data')} text={preview.data} />}
          <Try request={request} preview={preview} isCurrent={isCurrent} />
        </>
      )}
    </section>
  );
}

function Sent({ label, text, open = false }: { label: string; text: string; open?: boolean }) {
  return (
    <details open={open}>
      <summary className={classes.summary}>{label}</summary>
      <Code block className={classes.sent ?? ''}>
        {text}
      </Code>
    </details>
  );
}

type TryProps = { request: PromptTrialRequest; preview: PromptPreview; isCurrent: boolean };

function Try({ request, preview: { price, isPaid }, isCurrent }: TryProps) {
  const { t } = useTranslation();
  const isStopped = useIsStopped();
  const [operationId, setOperationId] = useState<string | null>(null);
  const act = useKeyedAct('promptTry');
  if (price === null)
    return (
      <Text size="sm" c="dimmed">
        {t('prompts.preview.tryNone')}
      </Text>
    );
  const short = price.isAffordable ? undefined : t('work.price.short');
  return (
    <>
      <Group gap="md">
        <PricedButton
          label={t('prompts.preview.try')}
          icon={<FlaskConical size="1rem" aria-hidden />}
          price={isCurrent ? price : null}
          busy={act.isPending}
          blocked={isStopped ? t('faults.spendingStopped') : short}
          onPress={() => act.mutate([request], { onSuccess: setOperationId, onError: tell })}
        />
        <Text size="sm" c="dimmed">
          {t(isPaid ? 'prompts.preview.paid' : 'prompts.preview.notKept')}
        </Text>
      </Group>
      {operationId !== null && <TrialResult operationId={operationId} onClose={() => setOperationId(null)} />}
    </>
  );
}
