/** A provider's usage file beside the books in memory. The file is made up from the records, with a few differences. */
import type { MatchedUsage, OurUsage, Reconciliation, Result, TheirUsage, UnreadableCell } from '../contract';
import type { FakeUsage } from './data';
import { decimal, fail, ok, type World } from './world';

const DAY_MS = 86_400_000;
/** The file covers so many days. */
const SPAN_DAYS = 30;
const LISTED_MAX = 500;
/** Every so-many-th record differs, or is missing on one side. */
const DIFFERS_EVERY = 37;
const MISSING_EVERY = 61;
/** The cost of every so-many-th line is in another currency. */
const UNREADABLE_EVERY = 83;
/** The provider bills so much more where its price has changed. */
const DEARER = 1.25;

export function reconcile({ data, now }: World, path: string): Result<Reconciliation> {
  const problem = problemOf(path);
  if (problem !== null) {
    const headers = problem === 'no_usage_column' ? ['Campaign', 'Clicks', 'Impressions'] : [];
    return fail({ code: 'UsageFile', detail: { problem, line: 0, headers } });
  }
  const since = new Date(now().getTime() - SPAN_DAYS * DAY_MS).toISOString();
  const billed = data.usage.filter(({ provider, at }) => provider !== 'builtin' && at >= since);
  const both = billed.filter((_, place) => place % MISSING_EVERY !== 3);
  const matched = both.map((row, place) => matchedOf(row, place));
  const costed = matched.filter(({ theirCost }) => theirCost !== null);
  const unreadable = matched.filter(({ beside }) => beside === 'not_compared').map(cellOf);
  const oursOnly = billed.filter((_, place) => place % MISSING_EVERY === 3).map(ourOf);
  const theirsOnly = billed.slice(0, billed.length === 0 ? 0 : 2).map(theirOf);
  const sum = (amounts: readonly (string | null)[]) =>
    decimal(amounts.reduce((total, amount) => total + Number(amount ?? 0), 0));
  return ok({
    fileName: path.split('/').at(-1) ?? path,
    layout: 'openai',
    columns: [
      { header: 'request_id', field: 'request_id' },
      { header: 'timestamp', field: 'time' },
      { header: 'model', field: 'model' },
      { header: 'input_tokens', field: 'tokens_input' },
      { header: 'output_tokens', field: 'tokens_output' },
      { header: 'cost_usd', field: 'cost' },
    ],
    unusedColumns: ['project_id', 'api_key_id'],
    providers: ['openai'],
    from: since,
    until: now().toISOString(),
    earlier: 0,
    lines: matched.length + theirsOnly.length,
    ignored: 1,
    isSummed: path.includes('by_day'),
    hasCost: true,
    sums: {
      matched: matched.length,
      differing: matched.filter(({ beside }) => beside === 'differing').length,
      notCompared: matched.filter(({ beside }) => beside === 'not_compared').length,
      costed: costed.length,
      matchedOurCost: sum(costed.map(({ ourCost }) => ourCost)),
      matchedTheirCost: sum(costed.map(({ theirCost }) => theirCost)),
      difference: sum(costed.map(({ difference }) => difference)),
      uncostedOurCost: sum(matched.filter(({ theirCost }) => theirCost === null).map(({ ourCost }) => ourCost)),
      oursOnly: oursOnly.length,
      oursOnlyCost: sum(oursOnly.map(({ cost }) => cost)),
      theirsOnly: theirsOnly.length,
      theirsOnlyCosted: theirsOnly.length,
      theirsOnlyCost: sum(theirsOnly.map(({ cost }) => cost)),
    },
    matched: [...matched].sort((a, b) => size(b) - size(a)).slice(0, LISTED_MAX),
    oursOnly,
    theirsOnly,
    unreadableCells: unreadable.length,
    unreadable,
  });
}

/** Files whose names say how they fail, so that every failure can be looked at. */
function problemOf(path: string): string | null {
  if (path.endsWith('.xlsx')) return 'spreadsheet';
  if (path.endsWith('.zip')) return 'archive';
  if (path.includes('empty')) return 'empty';
  return path.includes('campaign') || path.includes('search_console') ? 'no_usage_column' : null;
}

function size({ difference }: MatchedUsage): number {
  return Math.abs(Number(difference ?? 0));
}

function matchedOf(row: FakeUsage, place: number): MatchedUsage {
  const isReadable = place % UNREADABLE_EVERY !== 7;
  const theirs = isReadable && place % DIFFERS_EVERY === 5 ? row.cost * DEARER : row.cost;
  const said = theirs === row.cost ? 'same' : 'differing';
  return {
    by: 'request_id',
    line: place + 2,
    at: row.at,
    until: null,
    model: row.model,
    ourModel: null,
    requestId: requestId(row),
    requests: 1,
    operationId: row.operationId,
    ourTokens: tokens(row),
    theirTokens: tokens(row),
    ourCost: decimal(row.cost),
    theirCost: isReadable ? decimal(theirs) : null,
    difference: isReadable ? decimal(theirs - row.cost) : null,
    beside: isReadable ? said : 'not_compared',
  };
}

function cellOf({ line, ourCost }: MatchedUsage): UnreadableCell {
  return { line, column: 'cost_usd', field: 'cost', text: `€${ourCost}`, why: 'other_currency' };
}

function ourOf(row: FakeUsage): OurUsage {
  return {
    at: row.at,
    provider: row.provider,
    model: row.model,
    requestId: requestId(row),
    operationId: row.operationId,
    tokens: tokens(row),
    cost: decimal(row.cost),
    isLost: row.isLost,
  };
}

/** Somebody else used the same key. */
function theirOf(row: FakeUsage, place: number): TheirUsage {
  return {
    line: 900 + place,
    at: row.at,
    until: null,
    model: 'gpt-4.1',
    requestId: `req_elsewhere_${place + 1}`,
    tokens: '8120',
    cost: '0.0412',
  };
}

function requestId({ id }: FakeUsage): string {
  return `req_${id.padStart(8, '0')}`;
}

function tokens({ tokens: buckets }: FakeUsage): string {
  return decimal(Object.values(buckets).reduce((sum, count) => sum + count, 0));
}
