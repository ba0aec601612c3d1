/** AI work behind a button, the same everywhere: asked for its price, held back with a reason, started by a press. */
import i18next from 'i18next';
import { useKeyedAct } from '../data/command';
import { wordsOf } from '../data/faults';
import { tell } from '../data/problems';
import { useHalt } from '../data/spending';
import { type Priced, useEstimate } from '../data/work';
import type { Estimate, OperationRequest } from '../host';

export type PaidWork = {
  price: Estimate | null;
  /** Nothing waits for it. */
  isNothing: boolean;
  busy: boolean;
  /** Why it cannot start, in words. */
  blocked: string | undefined;
  start: () => void;
};

export function usePaidWork(request: OperationRequest, onStarted?: (operationId: string) => void): PaidWork {
  const priced = useEstimate(request);
  const halt = useHalt();
  const act = useKeyedAct('operationStart');
  return {
    price: priced.estimate,
    isNothing: priced.fault?.code === 'NothingToDo',
    busy: act.isPending,
    blocked: halt === null ? obstacle(priced) : wordsOf(halt).what,
    start: () => act.mutate([request], { onSuccess: (id) => onStarted?.(id), onError: tell }),
  };
}

/** Why work with this price cannot start; undefined when it can, and while that is not known. */
function obstacle({ estimate, fault }: Priced): string | undefined {
  if (fault !== null) return wordsOf(fault).what;
  return estimate === null || estimate.isAffordable ? undefined : i18next.t('work.price.short');
}
