/** The whole way of a site in memory: one stage after the other until nothing waits, credits end, or it is stopped. */
import type { AiFunctionView, Commands, Fault, PipelineEstimate } from '../contract';
import { pipelineEstimate, ROOM } from './forecast';
import { invalid, queueIdeas } from './planner';
import { ideaRows } from './rows';
import { estimate, startOperation } from './work';
import { decimal, fail, find, missing, ok, type World } from './world';

type PipelineCommand = 'pipeline' | 'pipelineEstimate' | 'pipelineStart' | 'pipelineCancel';

const STAGES: readonly (AiFunctionView | 'queue_ideas')[] = [
  'auto_cluster',
  'generate_ideas',
  'queue_ideas',
  'generate_content',
  'generate_image_prompts',
  'generate_images',
];
const IDLE = { isRunning: false, stage: '', operationId: null, stoppedCode: '', isStopping: false } as const;

export function pipelineCommands(world: World): Pick<Commands, PipelineCommand> {
  const { data, touch } = world;
  return {
    pipeline: async (siteId) => {
      const { isStopping: _isStopping, ...view } = data.pipelines[siteId] ?? IDLE;
      return ok(view);
    },
    pipelineEstimate: async (siteId) =>
      find(data.sites, siteId) === undefined ? missing('site') : pipelineEstimate(world, siteId),
    pipelineStart: (siteId, cap, key) =>
      world.once(key, async () => {
        const refusal = refusalOf(world, siteId, cap);
        if (refusal !== null) return fail(refusal);
        void run(world, siteId, cap === null ? Number.POSITIVE_INFINITY : Number(cap));
        return ok(null);
      }),
    pipelineCancel: async (siteId) => {
      const pipeline = data.pipelines[siteId];
      if (pipeline?.isRunning !== true) return fail({ code: 'WrongState', detail: { what: 'pipeline' } });
      pipeline.isStopping = true;
      const operation = data.operations.find(({ row }) => row.id === pipeline.operationId);
      if (operation !== undefined) operation.isStopping = true;
      touch('operations');
      return ok(null);
    },
  };
}

/** Why a run may not begin. */
function refusalOf(world: World, siteId: string, cap: string | null): Fault | null {
  const { data } = world;
  if (find(data.sites, siteId) === undefined) return { code: 'NotFound', detail: { what: 'site' } };
  if (cap !== null && !(Number(cap) > 0)) return invalid('cap', 'range');
  if (data.stoppedAt !== null) return { code: 'SpendingStopped' };
  if (data.pipelines[siteId]?.isRunning === true) return { code: 'WrongState', detail: { what: 'pipeline' } };
  const priced = pipelineEstimate(world, siteId);
  return priced.status === 'ok' ? notCovered(priced.data, cap) : null;
}

function notCovered({ isCovered, creditsLikely, available }: PipelineEstimate, cap: string | null): Fault | null {
  if (cap === null ? isCovered : Number(cap) <= Number(available)) return null;
  const needed = decimal(Number(creditsLikely) * ROOM);
  return { code: 'RunNotCovered', detail: { estimate: creditsLikely, needed, cap, available } };
}

async function run(world: World, siteId: string, cap: number): Promise<void> {
  const state = { ...IDLE, isRunning: true, operationId: null as string | null, stage: '', isStopping: false };
  world.data.pipelines[siteId] = state;
  let stoppedCode = '';
  const before = world.data.usage.length;
  const spent = () => world.data.usage.slice(before).reduce((sum, { credits }) => sum + credits, 0);
  for (const stage of STAGES) {
    Object.assign(state, { stage, operationId: null });
    world.touch('operations');
    stoppedCode = await runStage(world, siteId, stage, state, cap - spent());
    if (state.isStopping) stoppedCode = 'cancelled';
    if (world.data.stoppedAt !== null) stoppedCode = 'spending_stopped';
    if (stoppedCode !== '') break;
  }
  world.data.pipelines[siteId] = { ...IDLE, stoppedCode };
  world.touch('operations');
}

/** Answers why the run cannot go on, or nothing. */
async function runStage(
  world: World,
  siteId: string,
  stage: AiFunctionView | 'queue_ideas',
  state: { operationId: string | null },
  /** Credits the run may still spend. */
  left: number,
): Promise<string> {
  if (stage === 'queue_ideas') {
    const waiting = ideaRows(world.data).filter((row) => row.siteId === siteId && row.status === 'new');
    queueIdeas(
      world,
      waiting.map(({ id }) => id),
    );
    await world.pace();
    return '';
  }
  const request = { function: stage, siteId, ids: [] };
  const priced = estimate(world, request);
  if (priced.status === 'ok' && Number(priced.data.credits) > left) return 'cap_run';
  const started = startOperation(world, request, 'automation');
  if (started.status === 'error') {
    if (started.error.code === 'NothingToDo') return '';
    return stopOf(started.error);
  }
  state.operationId = started.data.operation.row.id;
  world.touch('operations');
  await started.data.done;
  return '';
}

/** Why a run ends that its next stage refused. */
function stopOf(fault: Fault): string {
  switch (fault.code) {
    case 'InsufficientCredits':
      return 'insufficient_credits';
    case 'SpendingStopped':
      return 'spending_stopped';
    case 'CapReached':
      return `cap_${fault.detail.scope}`;
    default:
      return 'failed';
  }
}
