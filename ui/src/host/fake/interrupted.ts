/** Work that a crash has interrupted, in memory: it waits, goes on, or is given up. */
import type { Commands, OperationRow, Result } from '../contract';
import { endRun, newRun } from './automation';
import type { FakeData, FakeOperation } from './data';
import { type Unit, unitsOf } from './functions';
import { resumePipeline } from './pipeline';
import { sampleData } from './seed';
import { close, run } from './work';
import { ago, fail, missing, ok, type World } from './world';

/** Steps of the interrupted work that were done. */
const DONE = 2;
/** Credits held for its step at hand. */
const HELD = 6;
/** Most that its run may spend. */
const CAP = 600;

export function interruptedCommands(world: World): Pick<Commands, 'operationCancel' | 'operationResume'> {
  const { data, touch } = world;
  const wrongState = () => fail({ code: 'WrongState', detail: { what: 'operation' } });
  return {
    operationCancel: async (id): Promise<Result<null>> => {
      const operation = data.operations.find(({ row }) => row.id === id);
      if (operation === undefined) return missing('operation');
      if (operation.row.status === 'interrupted') giveUpOperation(world, operation);
      else if (operation.row.status !== 'pending') return wrongState();
      else operation.isStopping = true;
      touch('operations');
      return ok(null);
    },
    operationResume: async (id): Promise<Result<null>> => {
      const operation = data.operations.find(({ row }) => row.id === id);
      if (operation === undefined) return missing('operation');
      if (operation.row.status !== 'interrupted') return wrongState();
      if (isOfRun(data, operation.row)) void resumePipeline(world, operation.row.siteId);
      else void resumeOperation(world, operation);
      return ok(null);
    },
  };
}

/** Operations of a site that were interrupted and wait. */
export function interruptedOf(data: FakeData, siteId: string): FakeOperation[] {
  return data.operations.filter(({ row }) => row.siteId === siteId && row.status === 'interrupted');
}

/** How many of their steps wait, and what is held for them. */
export function leftOf(data: FakeData, siteId: string): { unitsWaiting: number; held: string } {
  const waiting = interruptedOf(data, siteId);
  const unitsWaiting = waiting.reduce((sum, { row }) => sum + row.unitsTotal - row.unitsDone - row.unitsFailed, 0);
  return { unitsWaiting, held: String(waiting.reduce((sum, { held }) => sum + held, 0)) };
}

/** Finishes what an operation has begun. */
export async function resumeOperation(world: World, operation: FakeOperation): Promise<void> {
  operation.row.status = 'pending';
  world.data.held -= operation.held;
  operation.held = 0;
  operation.isPausing = false;
  world.touch('operations', 'credits');
  await run(world, operation, waitingUnits(world, operation));
}

/** Its steps that have no end yet. */
export function waitingUnits(world: World, { row, request }: FakeOperation): Unit[] {
  return unitsOf(world, request).slice(0, row.unitsTotal - row.unitsDone - row.unitsFailed);
}

/** Ends an operation with what it has made. */
export function giveUpOperation(world: World, operation: FakeOperation): void {
  operation.isStopping = true;
  world.data.held -= operation.held;
  operation.held = 0;
  settleRun(world, operation.row, 'cancelled');
  close(world, operation);
  world.touch('operations', 'credits');
}

/** Whether a run was interrupted in an operation. */
export function isOfRun(data: FakeData, { id, siteId }: OperationRow): boolean {
  const pipeline = data.pipelines[siteId];
  const isStill = pipeline?.standing === 'interrupted' || pipeline?.standing === 'paused';
  return isStill && pipeline.hasRun && pipeline.operationId === id;
}

/** Ends the run that was interrupted in an operation. */
function settleRun(world: World, row: OperationRow, stoppedCode: string): void {
  const { data } = world;
  const pipeline = data.pipelines[row.siteId];
  if (pipeline === undefined || !isOfRun(data, row)) return;
  data.pipelines[row.siteId] = { ...pipeline, standing: 'idle', stoppedCode };
  endRun(world, row.siteId, stoppedCode);
}

/** Two sites at work, of which the first was interrupted while a run wrote its drafts. */
export function interruptedData(now = new Date()): FakeData {
  const data = sampleData(now);
  const request = { function: 'generate_content', siteId: '1', ids: [] } as const;
  const waiting = data.tasks.filter(
    ({ sectorId, status, removed }) => (sectorId === '11' || sectorId === '12') && status === 'queued' && !removed,
  );
  const row: OperationRow = {
    id: 'op-cut',
    function: request.function,
    isTrial: false,
    siteId: '1',
    site: data.sites[0]?.name ?? '',
    model: data.models[0]?.displayName ?? '',
    startedBy: 'automation',
    phase: 'AI_CALL',
    status: 'interrupted',
    isCancelled: false,
    itemsTotal: DONE + waiting.length,
    unitsTotal: DONE + waiting.length,
    unitsDone: DONE,
    unitsFailed: 0,
    results: DONE,
    joined: 0,
    credits: '8',
    cost: '0',
    errorCode: '',
    createdAt: ago(now, 0.1),
    endedAt: null,
    mayGoOnAt: null,
    askedAt: null,
  };
  data.operations.push({
    row,
    units: [],
    request: { ...request, ids: [] },
    isStopping: false,
    isPausing: false,
    held: HELD,
  });
  data.held += HELD;
  const { unitsWaiting, held } = leftOf(data, '1');
  data.pipelines['1'] = {
    standing: 'interrupted',
    stage: request.function,
    operationId: row.id,
    hasRun: true,
    isCancelling: false,
    unitsWaiting,
    held,
    stoppedCode: '',
    isStopping: false,
    isPausing: false,
    cap: CAP,
    spent: Number(row.credits),
  };
  const run = newRun('run-cut', '1', row.createdAt, CAP);
  Object.assign(run.row, { state: 'interrupted', stage: request.function, stillSince: now.toISOString() });
  run.operations.push(row.id);
  data.runs.push(run);
  data.notifications.push({
    id: 'notice-cut',
    notificationType: 'interrupted',
    severity: 'warning',
    siteId: '1',
    operationId: null,
    relatedType: '',
    relatedId: null,
    params: [
      { name: 'site', value: row.site },
      { name: 'units', value: String(unitsWaiting) },
      { name: 'held', value: held },
    ],
    isRead: false,
    createdAt: now.toISOString(),
  });
  return data;
}
