/** What a trial was answered, how much was read and written for it, and what it cost. */
import { Alert, Button, Code, Group, Image, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { codeWords } from '../data/codes';
import { useCommand } from '../data/command';
import { faultOf } from '../data/fault';
import { wordsOf } from '../data/faults';
import { useHost } from '../data/host';
import type { PromptTrialView } from '../host';
import { formatCount, formatCredits, formatMoney } from '../kit/format';
import { ProgressLine } from '../kit/ProgressLine';
import classes from './TrialResult.module.css';

type Props = { operationId: string; onClose: () => void };

export function TrialResult({ operationId, onClose }: Props) {
  const { t } = useTranslation();
  const { data, error } = useCommand('promptTrial', [operationId]);
  return (
    <section className={classes.trial} aria-label={t('prompts.trial.title')} aria-live="polite">
      <Group justify="space-between">
        <Title order={4}>{t('prompts.trial.title')}</Title>
        <Button variant="subtle" onClick={onClose}>
          {t('prompts.trial.dismiss')}
        </Button>
      </Group>
      {error !== null && <Text>{wordsOf(faultOf(error)).what}</Text>}
      {data !== undefined && <Outcome trial={data} />}
    </section>
  );
}

function Outcome({ trial }: { trial: PromptTrialView }) {
  const { t } = useTranslation();
  const host = useHost();
  if (trial.status === 'pending') return <ProgressLine label={t('prompts.trial.running')} done={0} total={1} />;
  if (trial.status === 'error')
    return (
      <Alert color="danger" variant="light">
        {codeWords(trial.errorCode).what} {codeWords(trial.errorCode).advice}
      </Alert>
    );
  return (
    <>
      <Text size="sm" c="dimmed" data-figures>
        {t('prompts.trial.cost', { credits: formatCredits(trial.credits), cost: formatMoney(trial.cost) })}
        {trial.tokensInput + trial.tokensOutput > 0 &&
          ` · ${t('prompts.trial.tokens', { read: formatCount(trial.tokensInput), written: formatCount(trial.tokensOutput) })}`}
      </Text>
      {trial.text !== '' && (
        <Code block className={classes.sent ?? ''}>
          {tidied(trial.text)}
        </Code>
      )}
      {trial.picture !== '' && (
        <Image src={host.mediaUrl(trial.picture)} alt={t('prompts.trial.picture')} className={classes.picture ?? ''} />
      )}
    </>
  );
}

/** An answer with a line for each of its parts, where it is the data that was asked for. */
function tidied(answer: string): string {
  try {
    return JSON.stringify(JSON.parse(answer), null, 2);
  } catch {
    return answer;
  }
}
