/** Asks before chosen items are worked on: what it is, what it costs, what is left. Nothing starts without this answer. */
import { Alert, Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKeyedAct } from '../data/command';
import { wordsOf } from '../data/faults';
import { tell } from '../data/problems';
import { useHalt } from '../data/spending';
import { useEstimate } from '../data/work';
import type { Estimate, OperationRequest } from '../host';
import { formatCredits } from '../kit/format';
import { BilledAgain } from './BilledAgain';
import { PriceTable } from './PriceTable';
import { PageLink } from './pages';
import { verbWords } from './workWords';

type Props = {
  /** Null while nothing is asked. */
  request: OperationRequest | null;
  onClose: () => void;
  /** Called with the id of the operation that was started. */
  onStarted: (id: string) => void;
};

export function StartDialog({ request, onClose, onStarted }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={request !== null}
      onClose={onClose}
      title={request === null ? '' : t(`status.function.${request.function}`)}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      {request !== null && <Question request={request} onClose={onClose} onStarted={onStarted} />}
    </Modal>
  );
}

type QuestionProps = Props & { request: OperationRequest };

function Question({ request, onClose, onStarted }: QuestionProps) {
  const { t } = useTranslation();
  const { estimate, fault } = useEstimate(request);
  const halt = useHalt();
  const start = useKeyedAct('operationStart');
  const press = () =>
    start.mutate([request], {
      onSuccess: (id) => {
        onStarted(id);
        onClose();
      },
      onError: tell,
    });
  const words = fault === null ? null : wordsOf(fault);
  return (
    <Stack gap="lg">
      {words !== null && (
        <Text role="alert">
          {words.what} {words.advice}
        </Text>
      )}
      {words === null && estimate === null && <Skeleton height="11rem" aria-label={t('work.price.asking')} />}
      {estimate !== null && <PriceTable estimate={estimate} />}
      {estimate !== null && <BilledAgain costMax={estimate.costMax} />}
      {estimate !== null && !estimate.isAffordable && (
        <Alert color="warning" variant="light">
          {t('work.price.short')} {t('faults.insufficientCreditsAdvice')}{' '}
          <PageLink page="credits">{t('work.price.toCredits')}</PageLink>
        </Alert>
      )}
      {halt !== null && (
        <Alert color="warning" variant="light">
          {wordsOf(halt).what} {wordsOf(halt).advice}
        </Alert>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        {estimate !== null && (
          <Button
            data-autofocus
            loading={start.isPending}
            disabled={!estimate.isAffordable || halt !== null}
            onClick={press}
          >
            {verbWords(request.function, estimate.items)} · {priceWords(estimate)}
          </Button>
        )}
      </Group>
    </Stack>
  );

  function priceWords({ credits }: Estimate): string {
    const amount = formatCredits(credits);
    return t('kit.aboutCredits', { credits: t('kit.credits', { count: Number(credits), amount }) });
  }
}
