/** The pipeline as the dashboard tells it: its stages, what a run would do next, and what remains when it is done. */
import type { AiFunctionView, Completion, Estimate, Fault } from '../../host';
import type { dashboard } from '../../messages/en/dashboard';
import type { PageName } from '../../parts/pages';

export type Stage = keyof typeof dashboard.pipeline.stage;
export type StageState = keyof typeof dashboard.pipeline.stageState;

/** Stages that cost credits, in their order. */
export const PAID_STAGES = [
  'auto_cluster',
  'generate_ideas',
  'generate_content',
  'generate_image_prompts',
  'generate_images',
] as const satisfies readonly AiFunctionView[];

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

/** What waits for one stage: its price, or why there is none. */
export type StagePrice = { fn: AiFunctionView; estimate: Estimate | null; fault: Fault | null };

export type Outlook =
  /** Stages have work; `isLast` when none can follow them. `queueable` ideas cost nothing to queue. */
  | { kind: 'ready'; prices: { fn: AiFunctionView; credits: string }[]; queueable: number; isLast: boolean }
  /** The first stage with work could not start. */
  | { kind: 'blocked'; fault: Fault }
  | { kind: 'short' }
  | { kind: 'done' };

/** What a run would do now. */
export function outlookOf(stages: readonly StagePrice[], queueable: number): Outlook {
  const waiting = stages.filter(({ fault }) => fault?.code !== 'NothingToDo');
  const [first] = waiting;
  if (first === undefined) {
    return queueable > 0 ? { kind: 'ready', prices: [], queueable, isLast: false } : { kind: 'done' };
  }
  if (first.fault !== null) return { kind: 'blocked', fault: first.fault };
  if (first.estimate?.isAffordable === false) return { kind: 'short' };
  const prices = waiting.flatMap(({ fn, estimate }) => (estimate === null ? [] : [{ fn, credits: estimate.credits }]));
  const isLast = queueable === 0 && waiting.every(({ fn }) => fn === 'generate_images');
  return { kind: 'ready', prices, queueable, isLast };
}

export type Remaining = keyof typeof dashboard.pipeline.act;

/** What is left for the user when nothing is left for the pipeline. */
export function remainingOf(done: Completion): { kind: Remaining; count: number; page: PageName } {
  if (done.review > 0) return { kind: 'review', count: done.review, page: 'review' };
  if (done.approved > 0) return { kind: 'approved', count: done.approved, page: 'review' };
  if (done.drafts > 0) return { kind: 'drafts', count: done.drafts, page: 'drafts' };
  if (done.published > 0) return { kind: 'published', count: done.published, page: 'keywords' };
  return { kind: 'empty', count: 0, page: 'keywords' };
}
