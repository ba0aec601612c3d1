/** A quiet button that starts AI work on a few items, with the price on it and what remains afterwards on hover. */
import { Button, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../data/command';
import { wordsOf } from '../data/faults';
import { tell } from '../data/problems';
import { useEstimate } from '../data/work';
import type { Estimate, OperationRequest } from '../host';
import { formatCredits } from '../kit/format';

type Props = {
  label: string;
  icon?: ReactNode;
  request: OperationRequest;
  /** Why it has to wait; the button stays reachable and says so. */
  blocked?: string | undefined;
  onStarted?: ((operationId: string) => void) | undefined;
};

export function WorkButton({ label, icon, request, blocked, onStarted }: Props) {
  const { t } = useTranslation();
  const { estimate, fault } = useEstimate(request);
  const start = useAct('operationStart');
  const reason = blocked ?? (fault === null ? shortage(estimate) : wordsOf(fault).what);
  const isReady = reason === undefined && estimate !== null;
  const after = estimate === null ? '' : t('kit.balanceAfter', { credits: creditsOf(estimate.balanceAfter) });
  const hint = reason ?? after;
  return (
    <Tooltip label={hint} disabled={hint === ''}>
      <Button
        variant="default"
        leftSection={icon}
        loading={start.isPending}
        data-disabled={!isReady}
        aria-disabled={!isReady}
        onClick={() => {
          if (isReady) start.mutate([request], { onSuccess: (id) => onStarted?.(id), onError: tell });
        }}
      >
        {estimate === null ? label : `${label} · ${t('kit.aboutCredits', { credits: creditsOf(estimate.credits) })}`}
      </Button>
    </Tooltip>
  );

  function creditsOf(amount: string): string {
    return t('kit.credits', { count: Number(amount), amount: formatCredits(amount) });
  }

  function shortage(priced: Estimate | null): string | undefined {
    return priced === null || priced.isAffordable ? undefined : t('work.price.short');
  }
}
