/** What AI work consumed, summed from the usage records in memory. */
import type {
  Commands,
  ContentPart,
  CostLine,
  ListQuery,
  Result,
  UsageArticlePage,
  UsageFigures,
  UsagePeriod,
  UsageProjection,
  UsageSlice,
  UsageSummary,
} from '../contract';
import { anomaliesOf } from './anomalies';
import type { FakeUsage } from './data';
import { type ListRules, pageOf } from './list';
import { reconcile } from './reconcile';
import { siteOf } from './rows';
import { decimal, find, missing, ok, type World } from './world';

type UsageCommand = 'usageSummary' | 'usageArticles' | 'contentCost' | 'booksExport' | 'reconcile';

const CREDIT_PRICE = 0.01;
const DAY_MS = 86_400_000;
const DAYS: Record<'last_30_days' | 'last_90_days', number> = { last_30_days: 30, last_90_days: 90 };
/** Articles that the summary names; the list has them all. */
const DEAREST = 5;
/** Records of an article that its cost names. */
const LINES_MAX = 100;
/** Where exports stand, as a save dialog would answer. */
const EXPORTS = {
  journal: '/home/you/igny8.journal',
  statement: '/home/you/igny8-statement.csv',
  usage: '/home/you/igny8-usage.csv',
};
const PARTS: Record<ContentPart, string> = {
  writing: 'content_generation',
  image_prompts: 'image_prompt_extraction',
  images: 'image_generation',
};

type ArticleRow = UsageArticlePage['rows'][number];

/** Amounts are compared as numbers. */
const ARTICLES: ListRules<ArticleRow> = {
  text: (row) => row.title,
  fields: { siteId: { of: (row) => row.siteId } },
  sort: { column: 'credits', descending: true },
};

export function usageCommands(world: World): Pick<Commands, UsageCommand> {
  const { data } = world;
  return {
    usageSummary: async ({ siteId, period }) => ok(summary(world, siteId ?? null, period)),
    usageArticles: async (query) => articlePage(world, query),
    contentCost: async (contentId) => {
      if (find(data.contents, contentId) === undefined) return missing('content');
      const mine = data.usage.filter((row) => row.contentId === contentId);
      return ok({
        contentId,
        figures: figuresOf(mine),
        parts: (Object.keys(PARTS) as ContentPart[]).map((part) => ({
          part,
          figures: figuresOf(mine.filter(({ operationType }) => operationType === PARTS[part])),
        })),
        lines: [...mine].reverse().slice(0, LINES_MAX).map(costLine),
      });
    },
    booksExport: async (kind) => {
      await world.pace();
      return ok({ path: EXPORTS[kind], entries: kind === 'usage' ? data.usage.length : data.transactions.length });
    },
    reconcile: async (path) => {
      await world.pace();
      return reconcile(world, path);
    },
  };
}

function summary(world: World, siteId: string | null, period: UsagePeriod): UsageSummary {
  const { data } = world;
  const now = world.now();
  const mine = data.usage.filter((row) => siteId === null || row.siteId === siteId);
  const from = startOf(period, now);
  const rows = mine.filter(({ at }) => at >= (from ?? ''));
  const first = from ?? rows.map(({ at }) => at).sort()[0] ?? now.toISOString();
  const models = new Map(rows.map(({ model, provider }) => [model, provider]));
  const name = (id: string) => data.sites.find((site) => site.id === id)?.name ?? '';
  const title = (id: string) => data.contents.find((content) => content.id === id)?.title ?? '';
  const articles = rows.filter(({ contentId }) => contentId !== null);
  return {
    zone: data.zone,
    from,
    until: now.toISOString(),
    totals: figuresOf(rows),
    seriesStep: 'day',
    series: daysFrom(first, now).map((day) => pointOf(day, rows)),
    byOperation: slices(rows, ({ operationType }) => operationType),
    byModel: slices(rows, ({ model }) => model).map((slice) => ({
      ...slice,
      label: slice.key,
      provider: models.get(slice.key) ?? '',
    })),
    bySite: slices(rows, (row) => row.siteId).map((slice) => ({ ...slice, label: name(slice.key) })),
    byArticle: slices(articles, ({ contentId }) => contentId ?? '')
      .slice(0, DEAREST)
      .map((slice) => ({ ...slice, label: title(slice.key) })),
    projection: projection(mine, now),
    anomalies: anomaliesOf(rows, title),
  };
}

function pointOf(day: string, rows: readonly FakeUsage[]) {
  const own = rows.filter(({ at }) => at.startsWith(day));
  return {
    day,
    figures: figuresOf(own),
    byOperation: slices(own, ({ operationType }) => operationType).map(({ key, figures }) => ({
      operationType: key,
      credits: figures.credits,
      cost: figures.cost,
    })),
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

/** By key, the dearest first. */
function slices(rows: readonly FakeUsage[], keyOf: (row: FakeUsage) => string): UsageSlice[] {
  return [...groups(rows, keyOf)]
    .map(([key, group]) => ({ key, label: '', provider: '', figures: figuresOf(group) }))
    .sort((a, b) => Number(b.figures.credits) - Number(a.figures.credits));
}

function groups<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = found.get(key);
    if (group === undefined) found.set(key, [row]);
    else group.push(row);
  }
  return found;
}

function projection(rows: readonly FakeUsage[], now: Date): UsageProjection {
  const month = now.toISOString().slice(0, 7);
  const daysInMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate();
  const dayOfMonth = now.getUTCDate();
  const sums = (start: string, of: (row: FakeUsage) => number) =>
    rows.filter(({ at }) => at >= start).reduce((sum, row) => sum + of(row), 0);
  const week = new Date(now.getTime() - 7 * DAY_MS).toISOString();
  const ends = (of: (row: FakeUsage) => number) => {
    const used = sums(`${month}-01`, of);
    return {
      used: decimal(used),
      atMonthPace: decimal((used / dayOfMonth) * daysInMonth),
      atRecentPace: decimal(used + (sums(week, of) / 7) * (daysInMonth - dayOfMonth)),
    };
  };
  const [credits, cost] = [ends((row) => row.credits), ends((row) => row.cost)];
  return {
    month,
    dayOfMonth,
    daysInMonth,
    creditsUsed: credits.used,
    creditsAtMonthPace: credits.atMonthPace,
    creditsAtRecentPace: credits.atRecentPace,
    costUsed: cost.used,
    costAtMonthPace: cost.atMonthPace,
    costAtRecentPace: cost.atRecentPace,
  };
}

function articlePage({ data }: World, query: ListQuery): Result<UsageArticlePage> {
  const rows = [...groups(data.usage, ({ contentId }) => contentId ?? '')].flatMap(([id, records]) => {
    const content = data.contents.find((candidate) => candidate.id === id);
    if (content === undefined) return [];
    const siteId = siteOf(data, content.sectorId) ?? '';
    const { credits, cost, creditValue, lostCost, images, tokens } = figuresOf(records);
    return [
      {
        id,
        title: content.title,
        siteId,
        site: data.sites.find((site) => site.id === siteId)?.name ?? '',
        status: content.status,
        isRemoved: content.removed === true,
        records: records.length,
        credits,
        cost,
        creditValue,
        lostCost,
        images,
        tokens: tokens.total,
        lastUsedAt: records.at(-1)?.at ?? '',
      },
    ];
  });
  return pageOf(rows, query, ARTICLES);
}

function costLine(row: FakeUsage): CostLine {
  return {
    id: row.id,
    operationId: row.operationId,
    operationType: row.operationType,
    outcome: row.outcome,
    model: row.model,
    attempts: 1,
    credits: decimal(row.credits),
    cost: decimal(row.cost),
    tokens: decimal(Object.values(row.tokens).reduce((sum, count) => sum + count, 0)),
    images: row.images,
    isEstimated: row.isEstimated,
    at: row.at,
  };
}

function figuresOf(rows: readonly FakeUsage[]): UsageFigures {
  const sum = (of: (row: FakeUsage) => number) => rows.reduce((total, row) => total + of(row), 0);
  const count = (outcome: string) => rows.filter((row) => row.outcome === outcome).length;
  const bucket = (name: keyof FakeUsage['tokens']) => decimal(sum(({ tokens }) => tokens[name]));
  const credits = sum((row) => row.credits);
  return {
    records: rows.length,
    settled: count('settled'),
    lost: count('released'),
    refused: count('refused'),
    reused: count('reused'),
    images: sum(({ images }) => images),
    credits: decimal(credits),
    cost: decimal(sum(({ cost }) => cost)),
    creditValue: decimal(credits * CREDIT_PRICE),
    lostCost: decimal(sum(({ isLost, cost }) => (isLost ? cost : 0))),
    tokens: {
      input: bucket('input'),
      cachedInput: bucket('cachedInput'),
      cacheWrite: bucket('cacheWrite'),
      output: bucket('output'),
      reasoning: bucket('reasoning'),
      imageInput: bucket('imageInput'),
      imageOutput: bucket('imageOutput'),
      total: decimal(sum(({ tokens }) => Object.values(tokens).reduce((all, each) => all + each, 0))),
    },
  };
}
