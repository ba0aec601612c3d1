/** Asks before interrupted work goes on: what that costs, of a run stage by stage, what is left, and what its limit allows. */
import { Alert, Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../data/faults';
import { useHalt } from '../data/spending';
import type { ResumeEstimate } from '../host';
import { formatCredits } from '../kit/format';
import { BilledAgain } from './BilledAgain';
import { type Interrupted, useGoOn } from './goOn';
import { PriceTable } from './PriceTable';
import { PageLink } from './pages';
import { StageTable } from './StageTable';

type Props = {
  /** Null while nothing is asked. */
  what: Interrupted | null;
  onClose: () => void;
};

export function GoOnDialog({ what, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={what !== null}
      onClose={onClose}
      size="lg"
      title={t(what !== null && 'siteId' in what ? 'work.interrupted.runTitle' : 'work.interrupted.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      {what !== null && <Question what={what} onClose={onClose} />}
    </Modal>
  );
}

function Question({ what, onClose }: { what: Interrupted; onClose: () => void }) {
  const { t } = useTranslation();
  const { estimate, fault, isShort, blocked, busy, goOn } = useGoOn(what);
  const halt = useHalt();
  const refusal = halt ?? fault;
  return (
    <Stack gap="lg">
      {refusal !== null && (
        <Alert color="warning" variant="light">
          {wordsOf(refusal).what} {wordsOf(refusal).advice}
        </Alert>
      )}
      {estimate === null && fault === null && <Skeleton height="11rem" aria-label={t('work.price.asking')} />}
      {estimate !== null && <Prices estimate={estimate} />}
      {isShort && (
        <Alert color="warning" variant="light">
          {t('work.price.short')} <PageLink page="credits">{t('work.price.toCredits')}</PageLink>
        </Alert>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        {estimate !== null && (
          <Button
            color="success"
            data-autofocus
            loading={busy}
            disabled={blocked !== undefined}
            onClick={() => goOn(onClose)}
          >
            {t('work.interrupted.goOn')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Prices({ estimate }: { estimate: ResumeEstimate }) {
  const { t } = useTranslation();
  if (estimate.kind === 'work') {
    return (
      <>
        <Text c="dimmed">{t('work.interrupted.goesOnAlone')}</Text>
        <PriceTable estimate={estimate.price} />
      </>
    );
  }
  const { held, cap, capLeft } = estimate.price;
  const heldWords = t('work.interrupted.held', { count: Number(held), amount: formatCredits(held) });
  return (
    <>
      <Text c="dimmed">
        {t('work.interrupted.goesOn')} {Number(held) > 0 && heldWords}
      </Text>
      <StageTable estimate={estimate.price} />
      <BilledAgain costMax={estimate.price.costMax} />
      {cap !== null && capLeft !== null && (
        <Text>{t('work.interrupted.cap', { left: formatCredits(capLeft), cap: formatCredits(cap) })}</Text>
      )}
    </>
  );
}
