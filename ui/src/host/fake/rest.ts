/** What it costs in memory to go on with what was interrupted: its own steps, or all that a run still has before it. */
import type { Commands, Estimate, PipelineEstimate, Result, ResumeEstimate, WholePrice } from '../contract';
import type { FakeOperation } from './data';
import { pipelineEstimate } from './forecast';
import { interruptedOf, isOfRun, leftOf, waitingUnits } from './interrupted';
import { priceOf } from './work';
import { available, decimal, fail, missing, ok, type World } from './world';

export function restCommands(world: World): Pick<Commands, 'pipelineResumeEstimate' | 'operationResumeEstimate'> {
  const { data } = world;
  const wrongState = (what: string) => fail({ code: 'WrongState', detail: { what } });
  return {
    pipelineResumeEstimate: async (siteId) => {
      const pipeline = data.pipelines[siteId];
      if (pipeline === undefined || !STANDING_STILL.has(pipeline.standing)) return wrongState('pipeline');
      if (pipeline.hasRun) return restOfRun(world, siteId);
      const [first] = interruptedOf(data, siteId);
      return first === undefined ? wrongState('pipeline') : restOfWork(world, first);
    },
    operationResumeEstimate: async (id) => {
      const operation = data.operations.find(({ row }) => row.id === id);
      if (operation === undefined) return missing('operation');
      if (operation.row.status !== 'interrupted') return wrongState('operation');
      if (isOfRun(data, operation.row)) return restOfRun(world, operation.row.siteId);
      return restOfWork(world, operation);
    },
  };
}

/** How a pipeline stands that can be gone on with. */
const STANDING_STILL: ReadonlySet<string> = new Set(['interrupted', 'pausing', 'paused']);

/** What is held for it is out of the balance already, and counts as there. */
function restOfWork(world: World, operation: FakeOperation): Result<ResumeEstimate> {
  const priced = priceOf(world, operation.request, waitingUnits(world, operation));
  if (priced.status === 'error') return priced;
  const left = Number(priced.data.balanceAfter) + operation.held;
  const balanceAfterMin = decimal(Number(priced.data.balanceAfterMin) + operation.held);
  const price: Estimate = { ...priced.data, balanceAfter: decimal(left), balanceAfterMin, isAffordable: left >= 0 };
  return ok({ kind: 'work', price });
}

function restOfRun(world: World, siteId: string): Result<ResumeEstimate> {
  const priced = pipelineEstimate(world, siteId);
  if (priced.status === 'error') return priced;
  const { stages, creditsMin, creditsLikely, creditsMax, costMin, costMax } = priced.data;
  const { held, unitsWaiting } = leftOf(world.data, siteId);
  const { cap = null, spent = 0 } = world.data.pipelines[siteId] ?? {};
  const capLeft = cap === null ? null : Math.max(0, cap - spent);
  const there = available(world) + Number(held);
  const within = (credits: string) => Math.min(Number(credits), capLeft ?? Number.POSITIVE_INFINITY);
  const part = (cost: string, credits: string) =>
    Number(credits) === 0 ? cost : decimal((Number(cost) * within(credits)) / Number(credits));
  return ok({
    kind: 'run',
    price: {
      stages,
      creditsMin: decimal(within(creditsMin)),
      creditsLikely: decimal(within(creditsLikely)),
      creditsMax: decimal(within(creditsMax)),
      costMin: part(costMin, creditsMin),
      costMax: part(costMax, creditsMax),
      available: decimal(there),
      balanceAfterMin: decimal(there - within(creditsMax)),
      balanceAfterMax: decimal(there - within(creditsMin)),
      isAffordable: stages.every(({ creditsMin: first }, at) => at > 0 || Number(first) <= there),
      units: unitsWaiting,
      held,
      cap: cap === null ? null : decimal(cap),
      capLeft: capLeft === null ? null : decimal(capLeft),
      whole: wholeOf(priced.data, capLeft),
    },
  });
}

function wholeOf(priced: PipelineEstimate, capLeft: number | null): WholePrice | null {
  const { creditsMin, creditsLikely, creditsMax, costMin, costMax } = priced;
  if (capLeft === null || Number(creditsMax) <= capLeft) return null;
  return { creditsMin, creditsLikely, creditsMax, costMin, costMax, isLikely: Number(creditsLikely) > capLeft };
}
