/** Asks before a run: what each stage costs at least and at most, what is left, and how much the run may spend in all. */
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeyedAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { PipelineEstimate } from '../../host';
import { formatCredits } from '../../kit/format';
import { amountProblem } from '../amounts';
import { BilledAgain } from '../BilledAgain';
import { PageLink } from '../pages';
import { StageTable } from '../StageTable';
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
      title={t('pipeline.ask.title')}
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
  const above = t('pipeline.ask.capAbove', { available: formatCredits(estimate.inTime) });
  const refusal = amountProblem(cap, 'spent') ?? (trouble === 'above' ? above : null);
  const isRefused = refusal !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isRefused) start.mutate([siteId, cap.trim()], { onSuccess: onClose, onError: tell });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Text c="dimmed">{t('pipeline.ask.lead')}</Text>
        <StageTable estimate={estimate} />
        <BilledAgain costMax={estimate.costMax} />
        {(Number(estimate.balanceAfterMin) < 0 || !estimate.isCovered) && (
          <Alert color="warning" variant="light">
            {estimate.isCovered
              ? t('pipeline.ask.short')
              : t('pipeline.ask.notCovered', {
                  likely: formatCredits(String(Math.ceil(Number(estimate.creditsLikely)))),
                  available: formatCredits(estimate.inTime),
                })}{' '}
            <PageLink page="credits">{t('pipeline.toCredits')}</PageLink>
          </Alert>
        )}
        <TextInput
          label={t('pipeline.ask.cap')}
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
            {isRefused ? t('pipeline.ask.start') : t('pipeline.ask.startAtMost', { credits: formatCredits(cap) })}
          </Button>
        </Group>
      </Stack>
    </form>
  );

  function hint(): string {
    if (trouble === 'low' && refusal === null) return t('pipeline.ask.capLow');
    return t(estimate.isCovered ? 'pipeline.ask.capHint' : 'pipeline.ask.capHintOpen');
  }
}
