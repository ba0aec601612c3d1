/**
 * All AI work at once: whether it is paused, what going on with it costs, and the two words that change it. What could not
 * be done is said by name.
 */
import i18next from 'i18next';
import { useAct, useCommand } from '../data/command';
import { wordsOf } from '../data/faults';
import { tell } from '../data/problems';
import { useHalt } from '../data/spending';
import type { AllDoneView, AllResumeEstimate } from '../host';
import type { Price } from '../kit/PricedButton';
import { toast } from '../kit/toasts';

type AllWork = {
  /** Since when all is paused; null while it is not, and undefined while that is asked. */
  since: string | null | undefined;
  isBusy: boolean;
  pause: () => void;
};

export function useAllWork(): AllWork {
  const { data } = useCommand('allPaused', []);
  const pause = useAct('pauseAll');
  return {
    since: data?.since,
    isBusy: pause.isPending,
    pause: () => pause.mutate([], { onSuccess: say('pause'), onError: tell }),
  };
}

type ResumeAll = {
  /** Null until it is known. */
  price: Price | null;
  /** Sites with work that has no price now and does not go on; empty when there is none. */
  without: string;
  /** Why it cannot go on now, in words. */
  blocked: string | undefined;
  isBusy: boolean;
  resume: () => void;
};

export function useResumeAll(): ResumeAll {
  const { data } = useCommand('allResumeEstimate', []);
  const resume = useAct('resumeAll');
  const halt = useHalt();
  const short = data?.isAffordable === false ? i18next.t('work.price.short') : undefined;
  return {
    price: data === undefined ? null : priceOf(data),
    without: [...new Set(data?.unpriced.map(({ site }) => site))].join(', '),
    blocked: halt === null ? short : wordsOf(halt).what,
    isBusy: resume.isPending,
    resume: () => resume.mutate([], { onSuccess: say('resume'), onError: tell }),
  };
}

function priceOf(all: AllResumeEstimate): Price {
  return {
    credits: [all.creditsMin, all.creditsMax],
    cost: [all.costMin, all.costMax],
    balanceAfter: [all.balanceAfterMin, all.balanceAfterMax],
  };
}

function say(word: 'pause' | 'resume'): (done: AllDoneView) => void {
  return ({ notDone }) => {
    const [first] = notDone;
    if (first === undefined) return;
    const sites = [...new Set(notDone.map(({ site }) => site))].join(', ');
    toast('warning', i18next.t(`frame.allWork.not.${word}`, { sites }), wordsOf(first.fault).what);
  };
}
