/** Tries again what failed where the window looks, at a price that stands on the button. */
import { RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Scope } from '../data/scope';
import { useIsRunning } from '../data/work';
import type { OperationRequest } from '../host';
import { PricedButton } from '../kit/PricedButton';
import { usePaidWork } from './paidWork';
import { type FailingFunction, useFailedWork } from './waiting';

type Props = {
  fn: FailingFunction;
  scope: Pick<Scope, 'site' | 'sector'>;
  onStarted: (id: string) => void;
};

/** Renders nothing while the price is unknown, and when nothing failed. */
export function RetryAction({ fn, scope, onStarted }: Props) {
  const request = useFailedWork(fn, scope);
  return request === null ? null : <Retry request={request} onStarted={onStarted} />;
}

function Retry({ request, onStarted }: { request: OperationRequest; onStarted: (id: string) => void }) {
  const { t } = useTranslation();
  const { price, isNothing, busy, blocked, start } = usePaidWork(request, onStarted);
  const isRunning = useIsRunning(request);
  if (isNothing || price === null) return null;
  const what = request.function === 'generate_content' ? 'work.retry.drafts' : 'work.retry.images';
  return (
    <PricedButton
      label={t(what, { count: price.items })}
      icon={<RotateCcw size="1rem" aria-hidden />}
      price={price}
      busy={busy}
      blocked={isRunning ? t('work.running') : blocked}
      onPress={start}
    />
  );
}
