/** The whole way of a site in memory: one stage after the other until nothing waits, credits end, or it is stopped. */
import type { AiFunctionView, Commands, Fault, PipelineEstimate, Result } from '../contract';
import { beginRun, endRun, note, noteUnits, openRun, setStill } from './automation';
import type { FakePipeline } from './data';
import { pipelineEstimate, ROOM } from './forecast';
import { giveUpOperation, interruptedOf, leftOf, resumeOperation } from './interrupted';
import { invalid, queueIdeas } from './planner';
import { ideaRows } from './rows';
import { estimate, startOperation } from './work';
import { decimal, fail, find, missing, ok, type World } from './world';

type PipelineCommand =
  | 'pipeline'
  | 'pipelineEstimate'
  | 'pipelineStart'
  | 'pipelinePause'
  | 'pipelineResume'
  | 'pipelineCancel';

const STAGES: readonly (AiFunctionView | 'queue_ideas')[] = [
  'auto_cluster',
  'generate_ideas',
  'queue_ideas',
  'generate_content',
  'generate_image_prompts',
  'generate_images',
];
const IDLE: FakePipeline = {
  standing: 'idle',
  stage: '',
  operationId: null,
  hasRun: false,
  isCancelling: false,
  unitsWaiting: 0,
  held: '0',
  stoppedCode: '',
  isStopping: false,
  isPausing: false,
  cap: null,
  spent: 0,
};

export function pipelineCommands(world: World): Pick<Commands, PipelineCommand> {
  const { data, touch } = world;
  return {
    pipeline: async (siteId) => {
      const { isStopping, isPausing: _isPausing, cap: _cap, spent: _spent, ...view } = data.pipelines[siteId] ?? IDLE;
      const isHeldBack = view.standing === 'running' && !data.booksBalance;
      const held = isHeldBack ? ({ standing: 'held_back' } as const) : {};
      return ok({ ...view, ...leftOf(data, siteId), ...held, isCancelling: isStopping });
    },
    pipelineEstimate: async (siteId) =>
      find(data.sites, siteId) === undefined ? missing('site') : pipelineEstimate(world, siteId),
    pipelineStart: (siteId, cap, key) =>
      world.once(key, async () => {
        const refusal = refusalOf(world, siteId, cap);
        if (refusal !== null) return fail(refusal);
        const priced = pipelineEstimate(world, siteId);
        const { runCap = '0', creditsLikely = '0' } = priced.status === 'ok' ? priced.data : {};
        void run(world, siteId, Number(cap ?? runCap), creditsLikely);
        return ok(null);
      }),
    pipelinePause: async (siteId) => {
      const pipeline = data.pipelines[siteId];
      if (pipeline?.standing !== 'running') return fail({ code: 'WrongState', detail: { what: 'pipeline' } });
      Object.assign(pipeline, { isPausing: true, standing: 'pausing' });
      const operation = data.operations.find(({ row }) => row.id === pipeline.operationId);
      if (operation !== undefined) operation.isPausing = true;
      setStill(world, siteId, true);
      touch('operations');
      return ok(null);
    },
    pipelineResume: async (siteId) => {
      const pipeline = data.pipelines[siteId];
      if (pipeline?.standing === 'pausing') {
        goOn(world, siteId, pipeline);
        return ok(null);
      }
      if (pipeline?.standing !== 'interrupted' && pipeline?.standing !== 'paused')
        return fail({ code: 'WrongState', detail: { what: 'pipeline' } });
      void resumePipeline(world, siteId);
      return ok(null);
    },
    pipelineCancel: async (siteId) => {
      const pipeline = data.pipelines[siteId];
      if (pipeline?.standing === 'interrupted' || pipeline?.standing === 'paused') return giveUpPipeline(world, siteId);
      if (pipeline?.standing !== 'running' && pipeline?.standing !== 'pausing')
        return fail({ code: 'WrongState', detail: { what: 'pipeline' } });
      pipeline.isStopping = true;
      const run = openRun(data, siteId);
      if (run !== undefined) run.row.state = 'cancelling';
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
  const standing = data.pipelines[siteId]?.standing;
  if (standing === 'running' || standing === 'pausing') return { code: 'WrongState', detail: { what: 'pipeline' } };
  if ((standing === 'interrupted' || standing === 'paused') && cap !== null)
    return { code: 'WrongState', detail: { what: 'interrupted' } };
  const priced = pipelineEstimate(world, siteId);
  if (priced.status === 'ok') return notCovered(priced.data, cap);
  // A run with nothing to do is begun all the same, and ends at once.
  return priced.error.code === 'NothingToDo' ? null : priced.error;
}

function notCovered({ isCovered, creditsLikely, available }: PipelineEstimate, cap: string | null): Fault | null {
  if (cap === null ? isCovered : Number(cap) <= Number(available)) return null;
  const needed = decimal(Number(creditsLikely) * ROOM);
  return { code: 'RunNotCovered', detail: { estimate: creditsLikely, needed, cap, available } };
}

async function run(world: World, siteId: string, cap: number, estimate: string): Promise<void> {
  beginRun(world, siteId, cap, estimate);
  const state: FakePipeline = { ...IDLE, standing: 'running', hasRun: true, cap };
  world.data.pipelines[siteId] = state;
  await runFrom(world, siteId, state);
}

/** Finishes what was interrupted, and runs the stages that follow. */
export async function resumePipeline(world: World, siteId: string): Promise<void> {
  const state: FakePipeline = { ...(world.data.pipelines[siteId] ?? IDLE), standing: 'running', isPausing: false };
  world.data.pipelines[siteId] = state;
  setStill(world, siteId, false);
  world.touch('operations');
  for (const operation of interruptedOf(world.data, siteId)) await resumeOperation(world, operation);
  if (state.hasRun) await runFrom(world, siteId, state);
  else world.data.pipelines[siteId] = IDLE;
  world.touch('operations');
}

function giveUpPipeline(world: World, siteId: string): Result<null> {
  for (const operation of interruptedOf(world.data, siteId)) giveUpOperation(world, operation);
  world.data.pipelines[siteId] = { ...IDLE, stoppedCode: 'cancelled' };
  endRun(world, siteId, 'cancelled');
  world.touch('operations');
  return ok(null);
}

async function runFrom(world: World, siteId: string, state: FakePipeline): Promise<void> {
  let stoppedCode = '';
  let seen = world.data.usage.length;
  for (const stage of STAGES) {
    Object.assign(state, { stage, operationId: null });
    world.touch('operations');
    const began = stageBegan(world, siteId, stage);
    stoppedCode = await runStage(world, siteId, stage, state);
    if (state.isPausing && !state.isStopping) return standStill(world, state);
    if (began) stageEnded(world, siteId, stage);
    state.spent += world.data.usage.slice(seen).reduce((sum, { credits }) => sum + credits, 0);
    seen = world.data.usage.length;
    if (state.isStopping) stoppedCode = 'cancelled';
    if (world.data.stoppedAt !== null) stoppedCode = 'spending_stopped';
    if (stoppedCode !== '') break;
  }
  world.data.pipelines[siteId] = { ...IDLE, stoppedCode };
  endRun(world, siteId, stoppedCode);
  world.touch('operations');
}

/** What is at hand is finished: from now on nothing is begun. */
function standStill(world: World, state: FakePipeline): void {
  state.standing = 'paused';
  world.touch('operations');
}

/** Takes a pause back that has not come to its end. */
function goOn(world: World, siteId: string, pipeline: FakePipeline): void {
  Object.assign(pipeline, { isPausing: false, standing: 'running' });
  const operation = world.data.operations.find(({ row }) => row.id === pipeline.operationId);
  if (operation !== undefined) operation.isPausing = false;
  setStill(world, siteId, false);
  world.touch('operations');
}

function stageBegan(world: World, siteId: string, stage: string): boolean {
  const run = openRun(world.data, siteId);
  const row = run?.stages.find((one) => one.stage === stage);
  if (run === undefined || row === undefined) return false;
  run.row.stage = stage;
  if (row.beganAt === null) {
    row.beganAt = world.now().toISOString();
    note(world, run, 'stage_began', stage);
  }
  return true;
}

function stageEnded(world: World, siteId: string, stage: string): void {
  const run = openRun(world.data, siteId);
  const row = run?.stages.find((one) => one.stage === stage);
  if (run === undefined || row === undefined) return;
  row.endedAt = world.now().toISOString();
  note(world, run, 'stage_ended', stage);
}

/** Answers why the run cannot go on, or nothing. */
async function runStage(
  world: World,
  siteId: string,
  stage: AiFunctionView | 'queue_ideas',
  state: FakePipeline,
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
  const left = (state.cap ?? 0) - state.spent;
  // Where nothing was spent, the limit is not spent either: the first call needs more than it allows.
  if (priced.status === 'ok' && Number(priced.data.credits) > left)
    return state.spent === 0 ? 'cap_run_first' : 'cap_run';
  const started = startOperation(world, request, 'automation');
  if (started.status === 'error') {
    if (started.error.code === 'NothingToDo') return '';
    return stopOf(started.error);
  }
  const { operation } = started.data;
  state.operationId = operation.row.id;
  const ofRun = openRun(world.data, siteId);
  ofRun?.operations.push(operation.row.id);
  world.touch('operations');
  await started.data.done;
  if (ofRun !== undefined && operation.row.endedAt !== null) noteUnits(world, ofRun, operation);
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
