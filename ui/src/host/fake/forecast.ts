/** What a run of a site's pipeline would cost, in memory: what waits now, and what each stage makes for the next. */
import type { AiFunctionView, PipelineEstimate, Result, StageEstimate } from '../contract';
import { endedAmong } from './catalogue';
import { consumptionOf } from './consumption';
import { unitsOf } from './functions';
import { ITEMS_PER_UNIT } from './models';
import { ideaRows } from './rows';
import { available, decimal, fail, find, ok, supplierOf, type World } from './world';

type Span = { min: number; likely: number; max: number };

const NONE: Span = { min: 0, likely: 0, max: 0 };
/** Keywords of a cluster, most, usually and fewest; ideas of a cluster. */
const KEYWORDS_A_CLUSTER: Span = { min: 10, likely: 5, max: 3 };
const IDEAS_A_CLUSTER: Span = { min: 1, likely: 2, max: 3 };
/** A run may cost so much more than it is expected to at most. */
export const ROOM = 1.2;

export function pipelineEstimate(world: World, siteId: string): Result<PipelineEstimate> {
  const waiting = (fn: AiFunctionView) =>
    unitsOf(world, { function: fn, siteId, ids: [] }).reduce((sum, { items }) => sum + items, 0);
  const ideas = ideaRows(world.data).filter(
    (row) => row.siteId === siteId && row.status === 'new' && !row.isDisabled,
  ).length;
  const keywords = exactly(waiting('auto_cluster'));
  const clusters = plus(exactly(waiting('generate_ideas')), {
    min: Math.ceil(keywords.min / KEYWORDS_A_CLUSTER.min),
    likely: Math.ceil(keywords.likely / KEYWORDS_A_CLUSTER.likely),
    max: Math.ceil(keywords.max / KEYWORDS_A_CLUSTER.max),
  });
  const drafts = plus(exactly(waiting('generate_content') + ideas), times(clusters, IDEAS_A_CLUSTER));
  const articles = plus(exactly(waiting('generate_image_prompts')), drafts);
  const each = 1 + (find(world.data.sites, siteId)?.inArticleImages ?? 0);
  const pictures = plus(exactly(waiting('generate_images')), {
    min: articles.min,
    likely: articles.likely * each,
    max: articles.max * each,
  });
  const items: [AiFunctionView, Span][] = [
    ['auto_cluster', keywords],
    ['generate_ideas', clusters],
    ['generate_content', drafts],
    ['generate_image_prompts', articles],
    ['generate_images', pictures],
  ];
  const refused = endedAmong(
    world,
    items.filter(([, { max }]) => max > 0).map(([fn]) => fn),
  );
  if (refused !== null) return refused;
  const stages = items.map(([fn, span]) => stage(world, fn, span)).filter(({ itemsMax }) => itemsMax > 0);
  const likely = items.reduce((sum, [fn, span]) => sum + creditsOf(world, fn, span.likely), 0);
  return stages.length === 0 ? fail({ code: 'NothingToDo' }) : ok(summed(stages, likely, available(world)));
}

function summed(stages: StageEstimate[], likely: number, left: number): PipelineEstimate {
  const sum = (of: (stage: StageEstimate) => string) => stages.reduce((total, each) => total + Number(of(each)), 0);
  const [least, most] = [sum(({ creditsMin }) => creditsMin), sum(({ creditsMax }) => creditsMax)];
  return {
    stages,
    creditsMin: decimal(least),
    creditsLikely: decimal(likely),
    creditsMax: decimal(most),
    costMin: decimal(sum(({ costMin }) => costMin)),
    costMax: decimal(sum(({ costMax }) => costMax)),
    isCovered: likely * ROOM <= left,
    available: decimal(left),
    inTime: decimal(left),
    balanceAfterMin: decimal(left - most),
    balanceAfterMax: decimal(left - least),
    runCap: decimal(Math.min(Math.max(1, Math.ceil(most * ROOM)), left)),
  };
}

function creditsOf(world: World, fn: AiFunctionView, items: number): number {
  return Math.ceil(items / ITEMS_PER_UNIT[fn]) * consumptionOf(fn, supplierOf(world.data)).credits;
}

function stage(world: World, fn: AiFunctionView, items: Span): StageEstimate {
  const { credits, cost } = consumptionOf(fn, supplierOf(world.data));
  const units = ({ min, max }: Span) => [Math.ceil(min / ITEMS_PER_UNIT[fn]), Math.ceil(max / ITEMS_PER_UNIT[fn])];
  const [least = 0, most = 0] = units(items);
  return {
    function: fn,
    itemsMin: items.min,
    itemsMax: items.max,
    creditsMin: decimal(least * credits),
    creditsMax: decimal(most * credits),
    costMin: decimal(least * cost),
    costMax: decimal(most * cost),
  };
}

function exactly(count: number): Span {
  return count === 0 ? NONE : { min: count, likely: count, max: count };
}

function plus(a: Span, b: Span): Span {
  return { min: a.min + b.min, likely: a.likely + b.likely, max: a.max + b.max };
}

function times(a: Span, b: Span): Span {
  return { min: a.min * b.min, likely: a.likely * b.likely, max: a.max * b.max };
}
