/** The pipeline as pages tell it: its stages, what a run would cost, how far one is, and what remains when it is done. */
import type { Completion, PipelineEstimate, RunNow, RunRow, RunStageView } from '../../host';
import type { Price } from '../../kit/PricedButton';
import type { pipeline } from '../../messages/en/pipeline';
import type { PageName } from '../pages';

export type Stage = keyof typeof pipeline.stage;
export type StageState = Exclude<keyof typeof pipeline.stageState, 'paused' | 'off'>;

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
export function isShort({ stages: [first], inTime }: PipelineEstimate): boolean {
  return first !== undefined && Number(first.creditsMin) > Number(inTime);
}

export type CapTrouble = 'above' | 'low' | null;

/** The limit that is suggested: none where the credits do not cover the estimate, so that the user decides it. */
export function capSuggested({ isCovered, runCap }: PipelineEstimate): string {
  return isCovered ? runCap : '';
}

/** What is wrong with a limit that is an amount: more than there is with what open holds give back, or too low for what the run may cost at most. */
export function capTrouble(cap: string, { creditsMax, inTime }: PipelineEstimate): CapTrouble {
  if (Number(cap) > Number(inTime)) return 'above';
  return Number(cap) < Number(creditsMax) ? 'low' : null;
}

export type Remaining = keyof typeof pipeline.act;

/** What is left for the user when nothing is left for the pipeline. */
export function remainingOf(done: Completion): { kind: Remaining; count: number; page: PageName; tab?: string } {
  if (done.review > 0) return { kind: 'review', count: done.review, page: 'review' };
  const toPublish = done.approved - done.onTheWay;
  if (toPublish > 0) return { kind: 'approved', count: toPublish, page: 'review', tab: 'approved' };
  if (done.drafts > 0) return { kind: 'drafts', count: done.drafts, page: 'drafts' };
  if (done.onTheWay > 0) return { kind: 'onTheWay', count: done.onTheWay, page: 'review', tab: 'approved' };
  if (done.published > 0) return { kind: 'published', count: done.published, page: 'keywords' };
  return { kind: 'empty', count: 0, page: 'keywords' };
}

/** Items of a whole run that have an end, and those that it will likely have. What comes differs from what was expected. */
export function overallOf(stages: readonly RunStageView[]): { done: number; total: number } {
  const counted = stages.filter(({ isOn, stage }) => isOn && stage !== 'review');
  const done = counted.reduce((sum, { ended }) => sum + ended, 0);
  const total = counted.reduce((sum, row) => sum + expectedOf(row), 0);
  return { done, total: Math.max(done, total) };
}

/** Items that a stage will have: what it took once it has ended, and at least what it took before. */
function expectedOf({ endedAt, taken, expected }: RunStageView): number {
  return endedAt === null ? Math.max(taken, expected) : taken;
}

/** How long a run has been at work, in milliseconds, without the time that it stood still. */
export function workedMs({ createdAt, endedAt, stillSince, stillMs }: RunRow, now: Date): number {
  const until = Date.parse(endedAt ?? stillSince ?? now.toISOString());
  return Math.max(0, until - Date.parse(createdAt) - stillMs);
}

/** Least part of a run that says something about the rest of it. */
const TELLING = 0.05;

/** How long it will still take at the pace so far; nothing while that is anybody's guess. */
export function remainingMs({ row, stages }: Pick<RunNow, 'row' | 'stages'>, now: Date): number | null {
  const { done, total } = overallOf(stages);
  if (total === 0 || done / total < TELLING) return null;
  return (workedMs(row, now) / done) * (total - done);
}
