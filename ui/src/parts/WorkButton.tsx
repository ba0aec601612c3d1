/** A quiet button that starts AI work on a few items, with its price on it. */
import type { ReactNode } from 'react';
import type { OperationRequest } from '../host';
import { PricedButton } from '../kit/PricedButton';
import { usePaidWork } from './paidWork';

type Props = {
  label: string;
  icon?: ReactNode;
  request: OperationRequest;
  /** Why it has to wait; the button stays reachable and says so. */
  blocked?: string | undefined;
  onStarted?: ((operationId: string) => void) | undefined;
};

export function WorkButton({ label, icon, request, blocked, onStarted }: Props) {
  const work = usePaidWork(request, onStarted);
  return (
    <PricedButton
      label={label}
      price={work.price}
      icon={icon}
      busy={work.busy}
      blocked={blocked ?? work.blocked}
      onPress={work.start}
    />
  );
}
