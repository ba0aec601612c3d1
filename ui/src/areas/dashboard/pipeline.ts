/** The pipeline as the dashboard tells it: its stages, what a run would cost, and what remains when it is done. */
import type { Completion, PipelineEstimate } from '../../host';
import type { Price } from '../../kit/PricedButton';
import type { dashboard } from '../../messages/en/dashboard';
import type { PageName } from '../../parts/pages';

export type Stage = keyof typeof dashboard.pipeline.stage;
export type StageState = Exclude<keyof typeof dashboard.pipeline.stageState, 'paused'>;

const STAGES: readonly Stage[] = [
  'auto_cluster',
  'generate_ideas',
  'queue_ideas',
  'generate_content',
  'generate_image_prompts',
  'generate_images',
  'review',
];

/** Every stage with its state while `current` runs. `null` before a run, `done` when nothing is left for one. */
export function stagesAt(current: string | null | 'done'): { stage: Stage; state: StageState }[] {
  const at = current === 'done' ? STAGES.length : STAGES.indexOf(current as Stage);
  return STAGES.map((stage, place) => ({ stage, state: place < at ? 'done' : place === at ? 'current' : 'coming' }));
}

/** The place of a stage among all, counted from 1. */
export function placeOf(current: string): { at: number; total: number } {
  return { at: Math.max(1, STAGES.indexOf(current as Stage) + 1), total: STAGES.length };
}

/** What a run would cost, as the button and the question say it. */
export function priceOf(estimate: PipelineEstimate): Price {
  return {
    credits: [estimate.creditsMin, estimate.creditsMax],
    cost: [estimate.costMin, estimate.costMax],
    balanceAfter: [estimate.balanceAfterMin, estimate.balanceAfterMax],
  };
}

/** Whether not even the first stage of a run can be paid. */
export function isShort({ stages: [first], available }: PipelineEstimate): boolean {
  return first !== undefined && Number(first.creditsMin) > Number(available);
}

export type CapTrouble = 'above' | 'low' | null;

/** The limit that is suggested: none where the credits do not cover the estimate, so that the user decides it. */
export function capSuggested({ isCovered, runCap }: PipelineEstimate): string {
  return isCovered ? runCap : '';
}

/** What is wrong with a limit that is an amount: more than there is, or too low for what the run may cost at most. */
export function capTrouble(cap: string, { creditsMax, available }: PipelineEstimate): CapTrouble {
  if (Number(cap) > Number(available)) return 'above';
  return Number(cap) < Number(creditsMax) ? 'low' : null;
}

export type Remaining = keyof typeof dashboard.pipeline.act;

/** What is left for the user when nothing is left for the pipeline. */
export function remainingOf(done: Completion): { kind: Remaining; count: number; page: PageName } {
  if (done.review > 0) return { kind: 'review', count: done.review, page: 'review' };
  const toPublish = done.approved - done.onTheWay;
  if (toPublish > 0) return { kind: 'approved', count: toPublish, page: 'review' };
  if (done.drafts > 0) return { kind: 'drafts', count: done.drafts, page: 'drafts' };
  if (done.onTheWay > 0) return { kind: 'onTheWay', count: done.onTheWay, page: 'review' };
  if (done.published > 0) return { kind: 'published', count: done.published, page: 'keywords' };
  return { kind: 'empty', count: 0, page: 'keywords' };
}
