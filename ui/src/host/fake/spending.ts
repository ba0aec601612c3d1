/** Limits on spending in memory, the switch that stops all paid work, and the check of the books. */
import type { Commands, Fault, LimitScope, Spending, SpendingLimit } from '../contract';
import { invalid } from './planner';
import { decimal, fail, find, live, missing, ok, type World } from './world';

type SpendingCommand =
  | 'spending'
  | 'spendingLimitSet'
  | 'lowPercentSet'
  | 'spendingStop'
  | 'spendingResume'
  | 'booksFindings'
  | 'booksOfCopies'
  | 'booksCheck';

/** A limit as the data names it. */
type Key = 'month' | 'day' | `site:${string}`;

export function spendingCommands(world: World): Pick<Commands, SpendingCommand> {
  const { data, touch } = world;
  return {
    spending: async () => ok(spending(world)),
    spendingLimitSet: async (scope, siteId, amount) => {
      if (scope === 'site' && find(data.sites, siteId) === undefined) return missing('site');
      if (amount !== null && !(Number(amount) >= 0)) return fail(invalid('amount', 'format'));
      const key = keyOf(scope, siteId);
      if (amount === null) delete data.limits[key];
      else data.limits[key] = Number(amount);
      touch('credits', 'settings');
      return ok(null);
    },
    lowPercentSet: async (percent) => {
      if (!(percent >= 0 && percent <= 100)) return fail(invalid('percent', 'range'));
      data.lowPercent = percent;
      touch('credits', 'settings');
      return ok(null);
    },
    spendingStop: async () => {
      data.stoppedAt ??= world.now().toISOString();
      for (const operation of data.operations) if (operation.row.status === 'pending') operation.isStopping = true;
      touch('credits', 'settings', 'operations');
      return ok(null);
    },
    spendingResume: async () => {
      data.stoppedAt = null;
      touch('credits', 'settings');
      return ok(null);
    },
    booksFindings: async () => ok({ findings: data.booksBalance ? [] : data.findings, more: 0 }),
    booksOfCopies: async () => {
      await world.pace();
      return ok(data.copies);
    },
    booksCheck: async () => {
      await world.pace();
      data.auditedAt = world.now().toISOString();
      touch('credits');
      return ok(null);
    },
  };
}

/** Why so many credits may not be spent on a site now; null when they may. */
export function refusalOf(world: World, siteId: string, credits: number): Fault | null {
  if (world.data.stoppedAt !== null) return { code: 'SpendingStopped' };
  for (const { scope, siteId: of, wanted, used, held } of spending(world).limits) {
    if (wanted === null || (scope === 'site' && of !== siteId)) continue;
    const left = Number(wanted) - Number(used) - Number(held);
    if (left < credits) {
      return { code: 'CapReached', detail: { scope, needed: decimal(credits), left: decimal(Math.max(0, left)) } };
    }
  }
  return null;
}

function spending(world: World): Spending {
  const { data, now } = world;
  const today = now().toISOString();
  const [month, day] = [today.slice(0, 7), today.slice(0, 10)];
  const limits = [limitOf(world, 'month', null, month), limitOf(world, 'day', null, day)];
  for (const { id } of live(data.sites)) {
    const limit = limitOf(world, 'site', id, month);
    if (limit.wanted !== null || limit.used !== '0') limits.push(limit);
  }
  return { isStopped: data.stoppedAt !== null, stoppedAt: data.stoppedAt, limits, lowPercent: data.lowPercent };
}

function limitOf({ data }: World, scope: LimitScope, siteId: string | null, period: string): SpendingLimit {
  const wanted = data.limits[keyOf(scope, siteId)];
  const used = data.usage
    .filter((row) => row.at.startsWith(period) && (siteId === null || row.siteId === siteId))
    .reduce((sum, { credits }) => sum + credits, 0);
  return {
    scope,
    siteId,
    siteName: find(data.sites, siteId)?.name ?? null,
    wanted: wanted === undefined ? null : String(wanted),
    used: decimal(used),
    held: siteId === null ? decimal(data.held) : '0',
  };
}

function keyOf(scope: LimitScope, siteId: string | null): Key {
  return scope === 'site' ? `site:${siteId ?? ''}` : scope;
}
