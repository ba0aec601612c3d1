/** Going on with what was interrupted: what it costs from here, why it may have to wait, and the act itself. */
import i18next from 'i18next';
import { useAct, useCommand } from '../data/command';
import { faultOf } from '../data/fault';
import { wordsOf } from '../data/faults';
import { tell } from '../data/problems';
import { useHalt } from '../data/spending';
import type { Fault, ResumeEstimate } from '../host';
import type { Price } from '../kit/PricedButton';

/** One operation, or whatever of a site was interrupted. An operation of a run stands for its run. */
export type Interrupted = { operationId: string } | { siteId: string };

export type GoOn = {
  /** Null until it is known, and when there is none. */
  estimate: ResumeEstimate | null;
  /** Why there is no price: a model that has ended or has no price, or somebody went on with it meanwhile. */
  fault: Fault | null;
  /** Nothing of it is left to be paid: it comes to its end as soon as somebody lets it. */
  isFree: boolean;
  /** Not even its first stage can be paid. */
  isShort: boolean;
  /** Why it cannot go on now, in words. */
  blocked: string | undefined;
  busy: boolean;
  goOn: (onDone?: () => void) => void;
};

export function useGoOn(what: Interrupted): GoOn {
  const isSite = 'siteId' in what;
  const id = isSite ? what.siteId : what.operationId;
  const ofSite = useCommand('pipelineResumeEstimate', [id], { enabled: isSite });
  const ofOperation = useCommand('operationResumeEstimate', [id], { enabled: !isSite });
  const resumeSite = useAct('pipelineResume');
  const resumeOperation = useAct('operationResume');
  const halt = useHalt();
  const { data, error } = isSite ? ofSite : ofOperation;
  const act = isSite ? resumeSite : resumeOperation;
  const fault = error === null ? null : faultOf(error);
  const estimate = fault === null ? (data ?? null) : null;
  const isFree = halt === null && fault?.code === 'NothingToDo';
  const isShort = estimate !== null && !estimate.price.isAffordable;
  return {
    estimate,
    fault,
    isFree,
    isShort,
    blocked: isFree ? undefined : obstacle(halt ?? fault, isShort),
    busy: act.isPending,
    goOn: (onDone) => act.mutate([id], { onSuccess: () => onDone?.(), onError: tell }),
  };
}

function obstacle(fault: Fault | null, isShort: boolean): string | undefined {
  if (fault !== null) return wordsOf(fault).what;
  return isShort ? i18next.t('work.price.short') : undefined;
}

/** What going on costs, as a button says it. */
export function priceToGoOn(estimate: ResumeEstimate): Price {
  if (estimate.kind === 'work') return estimate.price;
  const { creditsMin, creditsMax, costMin, costMax, balanceAfterMin, balanceAfterMax } = estimate.price;
  return {
    credits: [creditsMin, creditsMax],
    cost: [costMin, costMax],
    balanceAfter: [balanceAfterMin, balanceAfterMax],
  };
}
