/** One small real call to a model, with its price before the click, and the answer with what it took. */
import { Group, Stack, Text, Title } from '@mantine/core';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand, useKeyedAct } from '../../data/command';
import { problemOf, tell } from '../../data/problems';
import { useScope } from '../../data/scope';
import { useIsStopped } from '../../data/spending';
import type { ModelView, SiteView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { PricedButton } from '../../kit/PricedButton';
import { TrialResult } from '../../parts/TrialResult';

export function ModelTrial({ model }: { model: ModelView }) {
  const { t } = useTranslation();
  const { site } = useScope();
  return (
    <section aria-label={t('models.trial.title')}>
      <Title order={3} mb="xs">
        {t('models.trial.title')}
      </Title>
      {site === null ? <Text c="dimmed">{t('models.trial.noSite')}</Text> : <Try model={model} site={site} />}
    </section>
  );
}

function Try({ model, site }: { model: ModelView; site: SiteView }) {
  const { t } = useTranslation();
  const isStopped = useIsStopped();
  const [operationId, setOperationId] = useState<string | null>(null);
  const { data, error, refetch } = useCommand('modelTrialPrice', [site.id, model.id], { keep: true });
  const act = useKeyedAct('modelTry');
  const problem = problemOf(error);
  if (problem !== null) return <ErrorState problem={problem} onRetry={() => void refetch()} />;
  if (data !== undefined && data.price === null)
    return <Text c="dimmed">{t('models.trial.noItem', { site: site.name })}</Text>;
  const price = data?.price ?? null;
  const isPaid = data?.isPaid ?? false;
  const short = price === null || price.isAffordable ? undefined : t('work.price.short');
  const hint = model.modelType === 'image' ? 'models.trial.hint.image' : 'models.trial.hint.text';
  return (
    <Stack gap="sm">
      <Text size="sm">{t(hint, { site: site.name })}</Text>
      <Group gap="md">
        <PricedButton
          label={t('models.trial.button')}
          icon={<FlaskConical size="1rem" aria-hidden />}
          price={price}
          busy={act.isPending}
          blocked={isStopped ? t('faults.spendingStopped') : short}
          onPress={() => act.mutate([site.id, model.id], { onSuccess: setOperationId, onError: tell })}
        />
        <Text size="sm" c="dimmed">
          {t(isPaid ? 'models.trial.paid' : 'models.trial.notKept')}
        </Text>
      </Group>
      {operationId !== null && <TrialResult operationId={operationId} onClose={() => setOperationId(null)} />}
    </Stack>
  );
}
