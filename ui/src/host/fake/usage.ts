/** What AI work consumed, made from the operations in memory. */
import type { Commands, OperationRow, UsageFigures, UsagePeriod, UsageSlice, UsageSummary } from '../contract';
import { OPERATION_TYPES } from './models';
import { fail, find, missing, ok, type World } from './world';

type UsageCommand = 'usageSummary' | 'usageArticles' | 'contentCost' | 'booksExport' | 'reconcile';

const CREDIT_PRICE = 0.01;
const DAY_MS = 86_400_000;
const DAYS: Record<'last_30_days' | 'last_90_days', number> = { last_30_days: 30, last_90_days: 90 };
/** Where exports stand, as a save dialog would answer. */
const EXPORTS = {
  journal: '/home/you/igny8.journal',
  statement: '/home/you/igny8-statement.csv',
  usage: '/home/you/igny8-usage.csv',
};

export function usageCommands(world: World): Pick<Commands, UsageCommand> {
  const { data } = world;
  return {
    usageSummary: async ({ siteId, period }) => ok(summary(world, siteId ?? null, period)),
    usageArticles: async () => ok({ rows: [], nextCursor: null, total: 0 }),
    contentCost: async (contentId) =>
      find(data.contents, contentId) === undefined
        ? missing('content')
        : ok({
            contentId,
            figures: figuresOf([]),
            parts: (['writing', 'image_prompts', 'images'] as const).map((part) => ({ part, figures: figuresOf([]) })),
            lines: [],
          }),
    booksExport: async (kind) => ok({ path: EXPORTS[kind], entries: data.transactions.length }),
    reconcile: async () => fail({ code: 'UsageFile', detail: { problem: 'not_found', line: 0, headers: [] } }),
  };
}

function summary(world: World, siteId: string | null, period: UsagePeriod): UsageSummary {
  const now = world.now();
  const mine = world.data.operations
    .map(({ row }) => row)
    .filter((row) => (siteId === null || row.siteId === siteId) && row.credits !== '0');
  const from = startOf(period, now);
  const rows = mine.filter(({ createdAt }) => createdAt >= (from ?? ''));
  const first = from ?? rows.map(({ createdAt }) => createdAt).sort()[0] ?? now.toISOString();
  return {
    zone: world.data.zone,
    from,
    until: now.toISOString(),
    totals: figuresOf(rows),
    seriesStep: 'day',
    series: daysFrom(first, now).map((day) => ({
      day,
      figures: figuresOf(rows.filter(({ createdAt }) => createdAt.startsWith(day))),
      byOperation: slices(
        rows.filter(({ createdAt }) => createdAt.startsWith(day)),
        (row) => [OPERATION_TYPES[row.function as keyof typeof OPERATION_TYPES], '', ''],
      ).map(({ key, figures }) => ({ operationType: key, credits: figures.credits, cost: figures.cost })),
    })),
    byOperation: slices(rows, (row) => [OPERATION_TYPES[row.function as keyof typeof OPERATION_TYPES], '', '']),
    byModel: slices(rows, (row) => [row.model, row.model, 'builtin']),
    bySite: slices(rows, (row) => [row.siteId, row.site, '']),
    byArticle: [],
    projection: projection(mine, now),
    anomalies: [],
  };
}

function startOf(period: UsagePeriod, now: Date): string | null {
  if (period === 'all') return null;
  if (period === 'month') return `${now.toISOString().slice(0, 7)}-01T00:00:00Z`;
  return new Date(now.getTime() - (DAYS[period] - 1) * DAY_MS).toISOString().replace(/T.*/, 'T00:00:00Z');
}

function daysFrom(first: string, now: Date): string[] {
  const start = Date.parse(`${first.slice(0, 10)}T00:00:00Z`);
  const count = Math.floor((now.getTime() - start) / DAY_MS) + 1;
  return Array.from({ length: count }, (_, day) => new Date(start + day * DAY_MS).toISOString().slice(0, 10));
}

function slices(rows: OperationRow[], keyOf: (row: OperationRow) => [string, string, string]): UsageSlice[] {
  const groups = new Map<string, OperationRow[]>();
  for (const row of rows) groups.set(keyOf(row)[0], [...(groups.get(keyOf(row)[0]) ?? []), row]);
  return [...groups.values()]
    .flatMap((group) => {
      const [one] = group;
      if (one === undefined) return [];
      const [key, label, provider] = keyOf(one);
      return [{ key, label, provider, figures: figuresOf(group) }];
    })
    .sort((a, b) => Number(b.figures.credits) - Number(a.figures.credits));
}

function projection(rows: OperationRow[], now: Date) {
  const month = now.toISOString().slice(0, 7);
  const daysInMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate();
  const since = (start: string) => Number(figuresOf(rows.filter(({ createdAt }) => createdAt >= start)).credits);
  const used = since(`${month}-01`);
  const recent = since(new Date(now.getTime() - 7 * DAY_MS).toISOString());
  const dayOfMonth = now.getUTCDate();
  return {
    month,
    dayOfMonth,
    daysInMonth,
    creditsUsed: String(used),
    creditsAtMonthPace: String(Math.round((used / dayOfMonth) * daysInMonth)),
    creditsAtRecentPace: String(Math.round(used + (recent / 7) * (daysInMonth - dayOfMonth))),
    costUsed: '0',
    costAtMonthPace: '0',
    costAtRecentPace: '0',
  };
}

function figuresOf(rows: readonly OperationRow[]): UsageFigures {
  const sum = (of: (row: OperationRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const credits = sum((row) => Number(row.credits));
  return {
    records: sum((row) => row.unitsDone + row.unitsFailed),
    settled: sum((row) => row.unitsDone),
    lost: sum((row) => row.unitsFailed),
    refused: 0,
    reused: 0,
    images: sum((row) => (row.function === 'generate_images' ? row.results : 0)),
    credits: String(credits),
    cost: String(sum((row) => Number(row.cost))),
    creditValue: (credits * CREDIT_PRICE).toFixed(2),
    lostCost: '0',
    tokens: {
      input: '0',
      cachedInput: '0',
      cacheWrite: '0',
      output: '0',
      reasoning: '0',
      imageInput: '0',
      imageOutput: '0',
      total: '0',
    },
  };
}
