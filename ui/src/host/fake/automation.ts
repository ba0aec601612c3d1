/** What a site has chosen for its runs, and what became of them, in memory. */
import type {
  AutomationFields,
  Commands,
  NeedRow,
  Result,
  RunEventRow,
  RunItemView,
  RunNow,
  RunRow,
  RunStageView,
} from '../contract';
import type { FakeData, FakeOperation, FakePipeline } from './data';
import { unitsOf } from './functions';
import { invalid } from './planner';
import { flawsOf } from './rows';
import { instantOf, wallOf } from './schedule';
import { decimal, fail, find, missing, ok, type World } from './world';

type AutomationCommand =
  | 'automation'
  | 'automationSave'
  | 'automationReset'
  | 'runs'
  | 'run'
  | 'runEvents'
  | 'runNow'
  | 'runLogExport'
  | 'needs';

/** A run as it is kept; what it did stands in its operations. */
export type FakeRun = {
  row: RunRow;
  stages: RunStageView[];
  events: RunEventRow[];
  /** Ids of its operations. */
  operations: string[];
  cap: number | null;
};

const STAGES = [
  'auto_cluster',
  'generate_ideas',
  'queue_ideas',
  'generate_content',
  'generate_image_prompts',
  'generate_images',
  'review',
] as const;
/** Percent of a run's credits by stage. */
const SHARES: Record<(typeof STAGES)[number], number> = {
  auto_cluster: 15,
  generate_ideas: 10,
  queue_ideas: 0,
  generate_content: 40,
  generate_image_prompts: 5,
  generate_images: 30,
  review: 0,
};
const DAY_MS = 86_400_000;
/** Days among which the next run is, whatever the rule: two months. */
const DAYS_AHEAD = 63;
/** Items of each kind that are named of a run under way. */
const NAMED = 5;

export function defaultFields(): AutomationFields {
  return {
    isEnabled: false,
    frequency: 'daily',
    time: '09:00',
    zone: '',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    monthDay: 1,
    catchUp: 'latest',
    withinDelayS: 0,
    betweenDelayS: 0,
    creditsMax: null,
    goesOnByItself: false,
    stages: STAGES.map((stage) => ({ stage, isOn: true, batch: null, most: null, share: SHARES[stage] })),
  };
}

/** The first time of the schedule that is still to come. */
function nextRun(fields: AutomationFields, siteZone: string, now: Date): string | null {
  if (!fields.isEnabled) return null;
  const zone = fields.zone === '' ? siteZone : fields.zone;
  const today = Date.parse(`${wallOf(now.toISOString(), zone).slice(0, 10)}T00:00:00Z`);
  const days = Array.from({ length: DAYS_AHEAD }, (_, nth) => new Date(today + nth * DAY_MS));
  const times = days.filter((day) => isOn(fields, day)).map((day) => wallTime(day, fields.time));
  return times.map((wall) => instantOf(wall, zone)).find((at) => at > now.toISOString()) ?? null;
}

function wallTime(day: Date, time: string): string {
  return `${day.toISOString().slice(0, 10)}T${time}`;
}

function isOn({ frequency, weekdays, monthDay }: AutomationFields, day: Date): boolean {
  switch (frequency) {
    case 'daily':
      return true;
    case 'weekly':
      return weekdays.includes(day.getUTCDay() || 7);
    case 'monthly': {
      const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
      return day.getUTCDate() === Math.min(monthDay, last);
    }
  }
}

export function automationCommands(world: World): Pick<Commands, AutomationCommand> {
  const { data, touch } = world;
  return {
    automation: async (siteId) => {
      const site = find(data.sites, siteId);
      if (site === undefined) return missing('site');
      const fields = { ...(data.automations[siteId] ?? defaultFields()), goesOnByItself: site.goesOnByItself };
      const isDefault = JSON.stringify(fields) === JSON.stringify(defaultFields());
      return ok({ fields, isDefault, siteZone: site.zone, nextRunAt: nextRun(fields, site.zone, world.now()) });
    },
    automationSave: async (siteId, fields) => {
      const site = find(data.sites, siteId);
      if (site === undefined) return missing('site');
      if (!/^\d\d:\d\d$/.test(fields.time)) return fail(invalid('time', 'format'));
      if (fields.weekdays.length === 0) return fail(invalid('weekdays', 'range'));
      if (fields.monthDay < 1 || fields.monthDay > 31) return fail(invalid('monthDay', 'range'));
      data.automations[siteId] = fields;
      site.goesOnByItself = fields.goesOnByItself;
      touch('settings', 'sites');
      return ok(null);
    },
    automationReset: async (siteId) => {
      const site = find(data.sites, siteId);
      if (site === undefined) return missing('site');
      delete data.automations[siteId];
      site.goesOnByItself = false;
      touch('settings', 'sites');
      return ok(null);
    },
    runs: async (siteId, cursor, limit) => {
      const all = data.runs.filter(({ row }) => row.siteId === siteId).reverse();
      const from = Number(cursor ?? 0);
      const rows = all.slice(from, from + limit).map((run) => summed(data, run));
      return ok({ rows, nextCursor: from + limit < all.length ? String(from + limit) : null, total: all.length });
    },
    run: async (id) => {
      const run = data.runs.find(({ row }) => row.id === id);
      if (run === undefined) return missing('run');
      const { siteId } = run.row;
      const earlier = data.runs.slice(0, data.runs.indexOf(run)).reverse();
      const before = earlier.find(({ row }) => row.siteId === siteId && row.state === 'completed');
      return ok({
        row: summed(data, run),
        site: find(data.sites, siteId)?.name ?? '',
        stages: stagesOf(data, run),
        cap: run.cap === null ? null : decimal(run.cap),
        before: before === undefined ? null : { row: summed(data, before), stages: stagesOf(data, before) },
      });
    },
    runEvents: async (id, cursor, limit) => {
      const all = [...(data.runs.find(({ row }) => row.id === id)?.events ?? [])].reverse();
      const from = Number(cursor ?? 0);
      const nextCursor = from + limit < all.length ? String(from + limit) : null;
      return ok({ rows: all.slice(from, from + limit), nextCursor, total: all.length });
    },
    runNow: async (siteId) => ok(runNow(world, siteId)),
    runLogExport: async (id) => {
      const run = data.runs.find(({ row }) => row.id === id);
      if (run === undefined) return missing('run');
      return ok({ path: '/home/you/Documents/igny8-run.csv', entries: run.events.length });
    },
    needs: async (siteId) => needs(data, siteId),
  };
}

/** A run that has just begun. */
export function newRun(id: string, siteId: string, createdAt: string, cap: number, estimate = '0'): FakeRun {
  const nothing = { waiting: 0, expected: 0, taken: 0, ended: 0, failed: 0, made: 0, credits: '0', cost: '0' };
  return {
    row: {
      id,
      siteId,
      state: 'running',
      trigger: 'manual',
      stage: '',
      stoppedCode: '',
      estimate,
      unitsDone: 0,
      unitsFailed: 0,
      articles: 0,
      images: 0,
      credits: '0',
      cost: '0',
      createdAt,
      endedAt: null,
      stillSince: null,
      stillMs: 0,
    },
    stages: STAGES.map((stage) => ({ stage, isOn: true, ...nothing, beganAt: null, endedAt: null })),
    events: [],
    operations: [],
    cap,
  };
}

/** Begins a run of a site. */
export function beginRun(world: World, siteId: string, cap: number, estimate: string): void {
  const run = newRun(world.id(), siteId, world.now().toISOString(), cap, estimate);
  const fields = world.data.automations[siteId] ?? defaultFields();
  for (const row of run.stages) {
    row.isOn = fields.stages.find(({ stage }) => stage === row.stage)?.isOn ?? true;
    row.waiting = waitingFor(world, siteId, row.stage);
    row.expected = row.waiting;
  }
  world.data.runs.push(run);
  note(world, run, 'began', '', 'manual');
}

/** Adds a line to a run's log. */
export function note(world: World, run: FakeRun, kind: string, stage: string, code = ''): void {
  const at = world.now().toISOString();
  run.events.push({ id: world.id(), at, kind, stage, item: '', items: 0, code, credits: '0' });
}

/** The run of a site that has not ended. */
export function openRun(data: FakeData, siteId: string): FakeRun | undefined {
  return data.runs.find(({ row }) => row.siteId === siteId && row.endedAt === null);
}

/** Ends a run. */
export function endRun(world: World, siteId: string, stoppedCode: string): void {
  const run = openRun(world.data, siteId);
  if (run === undefined) return;
  const endedAt = world.now().toISOString();
  const state = stoppedCode === '' ? 'completed' : stoppedCode === 'cancelled' ? 'cancelled' : 'stopped';
  Object.assign(run.row, { state, stoppedCode, endedAt, stillSince: null });
  note(world, run, 'ended', '', stoppedCode);
}

/** Says that a run stands still, or goes on. */
export function setStill(world: World, siteId: string, isStill: boolean): void {
  const run = openRun(world.data, siteId);
  if (run === undefined || isStill === (run.row.stillSince !== null)) return;
  const now = world.now();
  if (run.row.stillSince !== null) run.row.stillMs += now.getTime() - Date.parse(run.row.stillSince);
  Object.assign(run.row, { state: isStill ? 'paused' : 'running', stillSince: isStill ? now.toISOString() : null });
  note(world, run, isStill ? 'paused' : 'resumed', '');
}

/** Notes the units of an operation that have ended since. */
export function noteUnits(world: World, run: FakeRun, operation: FakeOperation): void {
  const { row, units } = operation;
  for (const { item, errorCode, credits } of units) {
    note(world, run, errorCode === '' ? 'item_done' : 'item_failed', row.function, errorCode);
    Object.assign(run.events.at(-1) ?? {}, { item, items: 1, credits });
  }
}

function waitingFor(world: World, siteId: string, stage: string): number {
  if (stage === 'queue_ideas' || stage === 'review') return 0;
  const request = { function: stage as 'auto_cluster', siteId, ids: [] };
  return unitsOf(world, request).reduce((sum, { items }) => sum + items, 0);
}

function operationsOf(data: FakeData, run: FakeRun): FakeOperation[] {
  return data.operations.filter(({ row }) => run.operations.includes(row.id));
}

function summed(data: FakeData, run: FakeRun): RunRow {
  const operations = operationsOf(data, run).map(({ row }) => row);
  const sum = (of: (row: FakeOperation['row']) => number) => operations.reduce((all, row) => all + of(row), 0);
  const made = (fn: string) => sum((row) => (row.function === fn ? row.results : 0));
  return {
    ...run.row,
    unitsDone: sum((row) => row.unitsDone),
    unitsFailed: sum((row) => row.unitsFailed),
    articles: made('generate_content'),
    images: made('generate_images'),
    credits: decimal(sum((row) => Number(row.credits))),
    cost: decimal(sum((row) => Number(row.cost))),
  };
}

function stagesOf(data: FakeData, run: FakeRun): RunStageView[] {
  return run.stages.map((stage) => {
    const operation = operationsOf(data, run).find(({ row }) => row.function === stage.stage)?.row;
    if (operation === undefined) return stage;
    const { itemsTotal, unitsTotal, unitsDone, unitsFailed, results, credits, cost } = operation;
    const ended = unitsTotal === 0 ? 0 : Math.round((itemsTotal * (unitsDone + unitsFailed)) / unitsTotal);
    return { ...stage, taken: itemsTotal, ended, failed: unitsFailed, made: results, credits, cost };
  });
}

function runNow(world: World, siteId: string): RunNow | null {
  const { data } = world;
  const run = openRun(data, siteId);
  const pipeline: FakePipeline | undefined = data.pipelines[siteId];
  if (run === undefined || pipeline === undefined) return null;
  const row = summed(data, run);
  const operation = data.operations.find((one) => one.row.id === pipeline.operationId);
  const named = (names: readonly string[]): RunItemView[] =>
    names.slice(0, NAMED).map((name) => ({ name, items: 1, code: '' }));
  const waiting = operation === undefined ? [] : unitsOf(world, operation.request).map(({ name }) => name);
  const isAtWork = operation?.row.status === 'pending' && pipeline.standing !== 'paused';
  const ended = operationsOf(data, run).flatMap(({ units }) => units);
  const left =
    operation === undefined ? 0 : operation.row.unitsTotal - operation.row.unitsDone - operation.row.unitsFailed;
  return {
    row,
    standing: pipeline.standing,
    stages: stagesOf(data, run),
    now: isAtWork ? named(waiting.slice(0, 1)) : [],
    next: named(waiting.slice(isAtWork ? 1 : 0)),
    nextTotal: Math.max(0, left - (isAtWork ? 1 : 0)),
    done: [...ended]
      .reverse()
      .slice(0, NAMED)
      .map(({ item, errorCode }) => ({ name: item, items: 1, code: errorCode })),
    doneTotal: ended.length,
    cap: run.cap === null ? null : decimal(run.cap),
    capLeft: run.cap === null ? null : decimal(Math.max(0, run.cap - Number(row.credits))),
  };
}

/** What waits, for the same reasons as the lists of these things show it. */
function needs(data: FakeData, siteId: string): Result<{ rows: NeedRow[]; total: number }> {
  const rows = [
    ...ofModels(data),
    ...ofConnection(data, siteId),
    ...standingStill(data, siteId),
    ...ofItems(data, siteId),
  ];
  return ok({ rows, total: rows.length });
}

/** Models that are used for all of their kind and that their providers do not know. */
function ofModels(data: FakeData): NeedRow[] {
  const gone = data.models.filter(({ id, isDefault }) => isDefault && data.unknownModels.includes(id));
  return gone.map(({ displayName, modelType }) => ({
    need: 'model',
    id: modelType === 'image' ? 'generate_images' : 'generate_content',
    title: displayName,
    code: 'unknown_model',
    flaws: [],
    at: '',
  }));
}

function ofConnection(data: FakeData, siteId: string): NeedRow[] {
  const site = find(data.sites, siteId);
  if (site?.connection !== 'failed') return [];
  const { id, name: title, connectionCode: code } = site;
  return [{ need: 'connection', id, title, code, flaws: [], at: site.testedAt ?? '' }];
}

function standingStill(data: FakeData, siteId: string): NeedRow[] {
  const row = openRun(data, siteId)?.row;
  if (row?.state === 'paused')
    return [{ need: 'paused', id: '', title: row.stage, code: '', flaws: [], at: row.stillSince ?? row.createdAt }];
  return data.operations
    .filter((one) => one.row.siteId === siteId && one.row.status === 'interrupted')
    .map(({ row: { id, function: fn, createdAt } }) => ({
      need: 'interrupted' as const,
      id,
      title: fn,
      code: '',
      flaws: [],
      at: createdAt,
    }));
}

function ofItems(data: FakeData, siteId: string): NeedRow[] {
  const sectors = new Set(data.sectors.filter((sector) => sector.siteId === siteId).map(({ id }) => id));
  const here = <Record extends { sectorId: string; removed?: boolean }>(records: readonly Record[]) =>
    records.filter(({ sectorId, removed }) => sectors.has(sectorId) && removed !== true);
  const contents = here(data.contents);
  const of = (need: NeedRow['need'], found: typeof contents): NeedRow[] =>
    found.map((content) => ({
      need,
      id: content.id,
      title: content.title,
      code: need === 'parked' ? (content.failure?.code ?? '') : '',
      flaws: need === 'review' ? flawsOf(data, content) : [],
      at: content.updatedAt,
    }));
  const failed = here(data.tasks).filter(({ status }) => status === 'failed');
  return [
    ...of(
      'conflict',
      contents.filter(({ id }) => data.conflicts[id] !== undefined),
    ),
    ...of(
      'missed',
      contents.filter(({ missedAt }) => typeof missedAt === 'string'),
    ),
    ...of(
      'parked',
      contents.filter(({ delivery }) => delivery === 'failed'),
    ),
    ...failed.map(({ id, title, errorCode: code, createdAt: at }) => ({
      need: 'task_failed' as const,
      id,
      title,
      code,
      flaws: [],
      at,
    })),
    ...of(
      'image_failed',
      contents.filter(({ images }) => images.some(({ status }) => status === 'failed')),
    ),
    ...of(
      'review',
      contents.filter(({ status }) => status === 'review'),
    ),
  ];
}
