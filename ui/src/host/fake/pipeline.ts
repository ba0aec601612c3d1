/** The whole way of a site in memory: one stage after the other until nothing waits, credits end, or it is stopped. */
import type { AiFunctionView, Commands } from '../contract';
import { queueIdeas } from './planner';
import { ideaRows } from './rows';
import { startOperation } from './work';
import { fail, find, missing, ok, type World } from './world';

type PipelineCommand = 'pipeline' | 'pipelineStart' | 'pipelineCancel';

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
    pipelineStart: async (siteId) => {
      if (find(data.sites, siteId) === undefined) return missing('site');
      if (data.pipelines[siteId]?.isRunning === true) return fail({ code: 'WrongState', detail: { what: 'pipeline' } });
      void run(world, siteId);
      return ok(null);
    },
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

async function run(world: World, siteId: string): Promise<void> {
  const state = { ...IDLE, isRunning: true, operationId: null as string | null, stage: '', isStopping: false };
  world.data.pipelines[siteId] = state;
  let stoppedCode = '';
  for (const stage of STAGES) {
    Object.assign(state, { stage, operationId: null });
    world.touch('operations');
    stoppedCode = await runStage(world, siteId, stage, state);
    if (state.isStopping) stoppedCode = 'cancelled';
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
  const started = startOperation(world, { function: stage, siteId, ids: [] }, 'automation');
  if (started.status === 'error') {
    if (started.error.code === 'NothingToDo') return '';
    return started.error.code === 'InsufficientCredits' ? 'insufficient_credits' : 'failed';
  }
  state.operationId = started.data.operation.row.id;
  world.touch('operations');
  await started.data.done;
  return '';
}
