/** AI operations in memory: estimates, and work that takes its time, reports, charges and can be stopped. */
import type { AiFunctionView, Commands, Estimate, OperationRequest, OperationRow, Result, UnitRow } from '../contract';
import { type Consumption, consumptionOf, lostOf, modelOf } from './consumption';
import type { FakeOperation } from './data';
import { ideasOf, type Unit, unitsOf } from './functions';
import { pageOf } from './list';
import { CREDITS_PER_UNIT, NOTICE_STEMS } from './models';
import { queueIdeas } from './planner';
import { OPERATIONS } from './rules';
import { refusalOf } from './spending';
import { available, decimal, fail, find, missing, notify, ok, post, supplierOf, type World } from './world';

type WorkCommand = 'estimate' | 'operationStart' | 'operations' | 'operation';

/** Phases of one paid unit, in order. */
const PHASES = ['PREP', 'AI_CALL', 'PARSE', 'SAVE'] as const;
/** In how many parts an article is seen growing. */
const WRITTEN_PARTS = 12;
/** The hold of a unit is this much above its likely price. */
const WORST_CASE = 1.5;

export function workCommands(world: World): Pick<Commands, WorkCommand> {
  const { data } = world;
  return {
    estimate: async (request) => estimate(world, request),
    operationStart: (request, key) =>
      world.once(key, async () => {
        const started = startOperation(world, request, 'manual');
        return started.status === 'error' ? started : ok(started.data.operation.row.id);
      }),
    operations: async (query) =>
      pageOf(
        data.operations.map(({ row }) => ({ ...row })),
        query,
        OPERATIONS,
      ),
    operation: async (id) => {
      const operation = data.operations.find(({ row }) => row.id === id);
      if (operation === undefined) return missing('operation');
      return ok({ row: { ...operation.row }, units: [...operation.units] });
    },
  };
}

export function estimate(world: World, request: OperationRequest): Result<Estimate> {
  return priceOf(world, request, unitsOf(world, request));
}

/** What these units of a request cost. */
export function priceOf(world: World, request: OperationRequest, units: readonly Unit[]): Result<Estimate> {
  if (units.length === 0) return fail({ code: 'NothingToDo' });
  const credits = units.length * CREDITS_PER_UNIT[request.function];
  const left = available(world) - credits;
  const supplier = supplierOf(world.data);
  const cost = consumptionOf(request.function, supplier).cost * units.length;
  return ok({
    items: units.reduce((sum, { items }) => sum + items, 0),
    units: units.length,
    model: modelOf(request.function, supplier),
    credits: String(credits),
    creditsMax: String(Math.ceil(credits * WORST_CASE)),
    cost: decimal(cost),
    costMax: decimal(cost * WORST_CASE),
    balanceAfter: String(left),
    balanceAfterMin: String(available(world) - Math.ceil(credits * WORST_CASE)),
    isAffordable: left >= 0,
  });
}

/** Starts an operation; `done` resolves when its last unit is final. */
export function startOperation(
  world: World,
  request: OperationRequest,
  startedBy: 'manual' | 'automation',
  /** The one unit of a trial, in place of what waits. */
  trial?: Unit,
): Result<{ operation: FakeOperation; done: Promise<void> }> {
  const site = find(world.data.sites, request.siteId);
  if (site === undefined) return missing('site');
  const priced = trial === undefined ? estimate(world, request) : priceOf(world, request, [trial]);
  if (priced.status === 'error') return priced;
  const { items, units, model, credits, isAffordable } = priced.data;
  const refusal = refusalOf(world, site.id, Number(credits));
  if (refusal !== null) return fail(refusal);
  if (!isAffordable) {
    return fail({ code: 'InsufficientCredits', detail: { needed: credits, available: String(available(world)) } });
  }
  const { ideas } = request;
  if (ideas != null) {
    const fresh = ideasOf(world, site.id, ideas).map(({ id }) => id);
    queueIdeas(world, fresh);
  }
  const row: OperationRow = {
    id: world.id(),
    function: request.function,
    isTrial: trial !== undefined,
    siteId: site.id,
    site: site.name,
    model,
    startedBy,
    phase: 'INIT',
    status: 'pending',
    isCancelled: false,
    itemsTotal: items,
    unitsTotal: units,
    unitsDone: 0,
    unitsFailed: 0,
    results: 0,
    joined: 0,
    credits: '0',
    cost: '0',
    errorCode: '',
    createdAt: world.now().toISOString(),
    endedAt: null,
    mayGoOnAt: null,
    askedAt: null,
  };
  const operation: FakeOperation = { row, units: [], request, isStopping: false, isPausing: false, held: 0 };
  world.data.operations.push(operation);
  world.touch('operations');
  const work = trial === undefined ? unitsOf(world, request) : [trial];
  if (request.retry === true) world.touch('tasks', 'images');
  return ok({ operation, done: run(world, operation, work) });
}

export async function run(world: World, operation: FakeOperation, units: readonly Unit[]): Promise<void> {
  for (const unit of units) {
    if (operation.isStopping) break;
    if (operation.isPausing) {
      operation.row.status = 'interrupted';
      return;
    }
    await runUnit(world, operation, unit);
  }
  close(world, operation);
}

async function runUnit(world: World, { row, units, request }: FakeOperation, unit: Unit): Promise<void> {
  const price = CREDITS_PER_UNIT[request.function];
  world.data.held += price;
  for (const phase of PHASES) {
    row.phase = phase;
    report(world, row, request.function, unit.name);
    world.touch('credits', 'operations');
    if (phase === 'AI_CALL') await write(world, row, unit);
    await world.pace();
  }
  world.data.held -= price;
  const supplier = supplierOf(world.data);
  const isLost = unit.fails === true;
  const use = isLost ? lostOf(request.function, supplier) : consumptionOf(request.function, supplier);
  if (isLost) {
    row.unitsFailed += 1;
    row.errorCode = 'bad_reply';
    unit.fail?.(row.errorCode);
  } else {
    row.results += unit.save();
    row.unitsDone += 1;
    row.credits = decimal(Number(row.credits) + use.credits);
  }
  row.cost = decimal(Number(row.cost) + use.cost);
  units.push(unitRow(world, unit.name, use));
  keep(world, row, unit, use);
  report(world, row, request.function, unit.name);
  world.touch('keywords', 'clusters', 'ideas', 'tasks', 'contents', 'images', 'operations');
}

/** Tells an article while a vendor writes it; the built-in engine writes at once. */
async function write(world: World, { id: operationId }: OperationRow, { name: title, told }: Unit): Promise<void> {
  if (told === undefined || supplierOf(world.data) === 'builtin') return;
  const writing = { operationId, taskId: told.taskId, title };
  for (let part = 1; part <= WRITTEN_PARTS; part += 1) {
    world.writing({ ...writing, text: told.text.slice(0, Math.ceil((told.text.length * part) / WRITTEN_PARTS)) });
    await world.pace();
  }
  world.writing({ ...writing, text: null });
}

function unitRow({ now }: World, item: string, use: Consumption): UnitRow {
  const { input, cachedInput, output, reasoning, imageOutput } = use.tokens;
  return {
    item,
    state: use.isLost ? 'failed' : 'done',
    errorCode: use.isLost ? 'bad_reply' : '',
    outcome: use.isLost ? 'released' : 'settled',
    credits: decimal(use.credits),
    cost: decimal(use.cost),
    tokensInput: input + cachedInput,
    tokensOutput: output + reasoning + imageOutput,
    images: use.images,
    isEstimated: use.isEstimated,
    partial: '',
    at: now().toISOString(),
  };
}

/** Writes what a unit consumed into the books. */
function keep(world: World, { id: operationId, siteId }: OperationRow, unit: Unit, use: Consumption): void {
  world.data.usage.push({
    ...use,
    id: world.id(),
    operationId,
    siteId,
    contentId: unit.contentId ?? null,
    outcome: use.isLost ? 'released' : 'settled',
    at: world.now().toISOString(),
  });
  const transactionType = use.isLost ? 'release' : 'deduction';
  const memo = use.isLost ? 'bad_reply' : '';
  post(world, { operationType: use.operationType, operationId, transactionType, memo }, -use.credits);
}

export function close(world: World, { row, isStopping }: FakeOperation): void {
  row.phase = 'DONE';
  row.isCancelled = isStopping && row.unitsDone + row.unitsFailed < row.unitsTotal;
  row.status = row.unitsDone > 0 ? 'success' : 'error';
  if (row.isCancelled && row.errorCode === '') row.errorCode = 'cancelled';
  row.endedAt = world.now().toISOString();
  const isPartial = row.unitsFailed > 0 || row.isCancelled;
  const ending = row.status === 'error' ? 'failed' : isPartial ? 'partial' : 'success';
  const severity = { success: 'success', partial: 'warning', failed: 'error' }[ending];
  notify(world, {
    notificationType: `${row.isTrial ? 'prompt_trial' : NOTICE_STEMS[row.function as AiFunctionView]}_${ending}`,
    severity,
    siteId: row.siteId,
    operationId: row.id,
    relatedType: 'operation',
    relatedId: row.id,
    params: [
      { name: 'results', value: String(row.results) },
      { name: 'credits', value: row.credits },
      { name: 'units_total', value: String(row.unitsTotal) },
      { name: 'units_done', value: String(row.unitsDone) },
      { name: 'units_failed', value: String(row.unitsFailed) },
      { name: 'code', value: row.errorCode },
    ],
  });
  world.touch('operations');
}

function report(world: World, row: OperationRow, fn: AiFunctionView, item: string): void {
  world.progress({
    operationId: row.id,
    siteId: row.siteId,
    function: fn,
    phase: row.phase,
    done: row.unitsDone + row.unitsFailed,
    total: row.unitsTotal,
    item,
    credits: row.credits,
  });
}
