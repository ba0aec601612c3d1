/** Credits, notices and the completion of a site, in memory. */
import type { Commands, Completion, NotificationRow, Period, TransactionRow } from '../contract';
import { kindsOf } from './desktop';
import { type ListRules, pageOf } from './list';
import { OPERATION_TYPES } from './models';
import { changeAll, invalid, restore } from './planner';
import { clusterRows, contentRows, ideaRows, keywordRows, taskRows } from './rows';
import { available, decimal, fail, find, live, missing, ok, post, type World } from './world';

type AccountCommand =
  | 'balance'
  | 'transactions'
  | 'creditsGrant'
  | 'budgetSet'
  | 'creditPriceSet'
  | 'zoneSet'
  | 'notifications'
  | 'notificationsMarkRead'
  | 'notificationsRemove'
  | 'notificationsRestore'
  | 'completion';

/** Highest price of a credit, US dollars. */
const CREDIT_PRICE_MAX = 100;
const DAY_MS = 86_400_000;
const DAYS: Record<Exclude<Period, 'all'>, number> = { days7: 7, days30: 30, days90: 90 };

/** Functions by what the books call them. */
const FUNCTIONS: Record<string, string> = Object.fromEntries(
  Object.entries(OPERATION_TYPES).map(([name, operationType]) => [operationType, name]),
);

const TRANSACTIONS: ListRules<TransactionRow> = {
  text: (row) => row.memo,
  fields: {
    status: { of: (row) => row.transactionType },
    kind: { of: (row) => FUNCTIONS[row.operationType] ?? null },
  },
  sort: { column: 'at', descending: true },
};

const NOTICES: ListRules<NotificationRow> = {
  text: (row) => row.params.map(({ value }) => value).join(' '),
  fields: {
    siteId: { of: (row) => row.siteId },
    kind: { of: (row) => row.severity },
    status: { of: (row) => (row.isRead ? 'read' : 'unread') },
  },
  sort: { column: 'createdAt', descending: true },
};

export function accountCommands(world: World): Pick<Commands, AccountCommand> {
  const { data, touch } = world;
  return {
    balance: async () => ok(balance(world)),
    transactions: async (query) => pageOf(data.transactions, query, TRANSACTIONS),
    creditsGrant: (amount, memo, key) =>
      world.once(key, async () => {
        if (!(Number(amount) > 0)) return fail(invalid('amount', 'range'));
        post(world, { transactionType: 'grant', operationType: '', operationId: null, memo }, Number(amount));
        return ok(null);
      }),
    budgetSet: async (amount) => {
      if (!(Number(amount) >= 0)) return fail(invalid('amount', 'range'));
      data.monthlyBudget = Number(amount);
      touch('credits', 'settings');
      return ok(null);
    },
    creditPriceSet: async (price) => {
      if (!(Number(price) >= 0 && Number(price) <= CREDIT_PRICE_MAX)) return fail(invalid('price', 'range'));
      data.creditPrice = Number(price);
      touch('credits', 'settings');
      return ok(null);
    },
    zoneSet: async (zone) => {
      if (!isZone(zone)) return fail(invalid('zone', 'unknown'));
      data.zone = zone;
      touch('settings');
      return ok(null);
    },
    notifications: async (query) => {
      // The notices of a sample go with it.
      const gone = new Set(
        data.sites.flatMap(({ id, isSample, removed }) => (isSample && removed === true ? [id] : [])),
      );
      const rows = live(data.notifications).filter(({ siteId }) => siteId === null || !gone.has(siteId));
      const groups = (query.filter.kind ?? []).flatMap((word) => kindsOf(word) ?? []);
      const severities = (query.filter.kind ?? []).filter((word) => kindsOf(word) === null);
      const about = groups.length === 0 ? rows : rows.filter((row) => groups.includes(row.notificationType));
      const page = pageOf(about, { ...query, filter: { ...query.filter, kind: severities } }, NOTICES);
      if (page.status === 'error') return page;
      return ok({ ...page.data, unread: rows.filter(({ isRead }) => !isRead).length });
    },
    notificationsMarkRead: async (ids) => {
      const all = data.notifications.map(({ id }) => id);
      changeAll(data.notifications, new Set(ids.length === 0 ? all : ids), { isRead: true });
      touch('notifications');
      return ok(null);
    },
    notificationsRemove: async (ids) => {
      changeAll(data.notifications, new Set(ids), { removed: true });
      touch('notifications');
      return ok(null);
    },
    notificationsRestore: async (ids) => restore(world, data.notifications, ids, 'notifications'),
    completion: async (siteId, period) =>
      find(data.sites, siteId) === undefined ? missing('site') : ok(completion(world, siteId, period)),
  };
}

function balance(world: World) {
  const { transactions, held, monthlyBudget, creditPrice } = world.data;
  const sum = (types: string[]) =>
    transactions
      .filter(({ transactionType }) => types.includes(transactionType))
      .reduce((total, { amount }) => total + Number(amount), 0);
  const [left, used] = [available(world), -sum(['deduction'])];
  const month = world.now().toISOString().slice(0, 7);
  const usedThisMonth = -transactions
    .filter(({ transactionType, at }) => transactionType === 'deduction' && at.startsWith(month))
    .reduce((total, { amount }) => total + Number(amount), 0);
  const grant = transactions.find(({ transactionType, memo }) => transactionType === 'grant' && memo === month);
  const monthGranted = grant === undefined ? monthlyBudget : Number(grant.amount);
  const monthDrawn = Math.min(usedThisMonth, monthGranted);
  const monthlyLeft = Math.max(0, Math.min(left, monthGranted - monthDrawn));
  return {
    available: decimal(left),
    held: String(held),
    usedThisMonth: decimal(usedThisMonth),
    availableValue: (left * creditPrice).toFixed(2),
    monthlyBudget: String(monthlyBudget),
    monthGranted: decimal(monthGranted),
    monthDrawn: decimal(monthDrawn),
    monthlyLeft: String(monthlyLeft),
    extraLeft: decimal(left - monthlyLeft),
    creditPrice: String(creditPrice),
    granted: String(sum(['grant'])),
    used: decimal(used),
    lapsed: String(-sum(['lapse'])),
  };
}

function completion(world: World, siteId: string, period: Period): Completion {
  const { data } = world;
  const since = period === 'all' ? '' : new Date(world.now().getTime() - DAYS[period] * DAY_MS).toISOString();
  const own = <Row extends { siteId: string | null; createdAt: string }>(rows: readonly Row[]) =>
    rows.filter((row) => row.siteId === siteId && row.createdAt >= since);
  const [keywords, clusters, ideas] = [own(keywordRows(data)), own(clusterRows(data)), own(ideaRows(data))];
  const contents = own(contentRows(data));
  const operations = data.operations.filter(({ row }) => row.siteId === siteId && row.createdAt >= since);
  return {
    keywords: keywords.length,
    keywordsMapped: keywords.filter(({ status }) => status === 'mapped').length,
    keywordsLeftOut: keywords.filter((row) => row.status === 'new' && (row.isDisabled || row.isPassedOver)).length,
    clusters: clusters.length,
    clustersMapped: clusters.filter(({ status }) => status === 'mapped').length,
    ideas: ideas.length,
    ideasQueued: ideas.filter(({ status }) => status === 'queued').length,
    ideasCompleted: ideas.filter(({ status }) => status === 'completed').length,
    tasksQueued: own(taskRows(data)).filter(({ status }) => status === 'queued').length,
    tasksFailed: own(taskRows(data)).filter(({ status }) => status === 'failed').length,
    contents: contents.length,
    drafts: contents.filter(({ status }) => status === 'draft').length,
    review: contents.filter(({ status }) => status === 'review').length,
    approved: contents.filter(({ status, delivery }) => status === 'approved' && delivery !== 'published').length,
    onTheWay: contents.filter(
      ({ status, delivery }) => status === 'approved' && (delivery === 'scheduled' || delivery === 'publishing'),
    ).length,
    published: contents.filter(({ delivery }) => delivery === 'published').length,
    images: contents.reduce((sum, { imagesTotal }) => sum + imagesTotal, 0),
    imagesGenerated: contents.reduce((sum, { imagesGenerated }) => sum + imagesGenerated, 0),
    imagesFailed: contents.reduce((sum, { imagesFailed }) => sum + imagesFailed, 0),
    creditsUsed: decimal(operations.reduce((sum, { row }) => sum + Number(row.credits), 0)),
  };
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
