/** Asks before a run: what each stage costs at least and at most, what is left, and how much the run may spend in all. */
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeyedAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { PipelineEstimate } from '../../host';
import { formatCredits } from '../../kit/format';
import { amountProblem } from '../../parts/amounts';
import { PageLink } from '../../parts/pages';
import { StageTable } from '../../parts/StageTable';
import { capSuggested, capTrouble } from './pipeline';

type Props = {
  siteId: string;
  opened: boolean;
  estimate: PipelineEstimate;
  onClose: () => void;
};

export function RunDialog({ siteId, opened, estimate, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('dashboard.run.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <Question siteId={siteId} estimate={estimate} onClose={onClose} />
    </Modal>
  );
}

function Question({ siteId, estimate, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const start = useKeyedAct('pipelineStart');
  const [typed, setTyped] = useState<string | null>(null);
  const cap = typed ?? capSuggested(estimate);
  const trouble = capTrouble(cap, estimate);
  const above = t('dashboard.run.capAbove', { available: formatCredits(estimate.available) });
  const refusal = amountProblem(cap, 'spent') ?? (trouble === 'above' ? above : null);
  const isRefused = refusal !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isRefused) start.mutate([siteId, cap.trim()], { onSuccess: onClose, onError: tell });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Text c="dimmed">{t('dashboard.run.lead')}</Text>
        <StageTable estimate={estimate} />
        {(Number(estimate.balanceAfterMin) < 0 || !estimate.isCovered) && (
          <Alert color="warning" variant="light">
            {estimate.isCovered
              ? t('dashboard.run.short')
              : t('dashboard.run.notCovered', {
                  likely: formatCredits(String(Math.ceil(Number(estimate.creditsLikely)))),
                  available: formatCredits(estimate.available),
                })}{' '}
            <PageLink page="credits">{t('dashboard.pipeline.toCredits')}</PageLink>
          </Alert>
        )}
        <TextInput
          label={t('dashboard.run.cap')}
          description={hint()}
          inputMode="decimal"
          value={cap}
          error={cap === '' ? null : refusal}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" data-autofocus loading={start.isPending} disabled={isRefused}>
            {isRefused ? t('dashboard.run.start') : t('dashboard.run.startAtMost', { credits: formatCredits(cap) })}
          </Button>
        </Group>
      </Stack>
    </form>
  );

  function hint(): string {
    if (trouble === 'low' && refusal === null) return t('dashboard.run.capLow');
    return t(estimate.isCovered ? 'dashboard.run.capHint' : 'dashboard.run.capHintOpen');
  }
}
