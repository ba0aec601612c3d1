/** What the two sites' work has cost so far: operations with their units and usage, the statement, notices. */
import type { AiFunctionView, NotificationRow, OperationRow, UnitRow } from '../contract';
import { consumptionOf, lostOf, modelOf, type Supplier } from './consumption';
import type { FakeContent, FakeData } from './data';
import { NOTICE_STEMS } from './models';
import { siteOf } from './rows';
import { OLDER } from './seedArticles';
import { ago, decimal } from './world';

/** A unit takes so long. */
const UNIT_MS = 2_000;

/** One unit that was worked on. */
export type PastUnit = { item: string; contentId: string | null; isLost?: boolean; size?: number };

export type Past = {
  id: string;
  siteId: string;
  function: AiFunctionView;
  supplier: Supplier;
  at: string;
  endedAt: string;
  results: number;
  units: readonly PastUnit[];
  isRead: boolean;
};

export function seedHistory(data: FakeData, now: Date): void {
  const [grant] = data.transactions;
  if (grant !== undefined) Object.assign(grant, { at: ago(now, 500), memo: ago(now, 500).slice(0, 7) });
  const older = new Set(OLDER.map(({ title }) => title));
  const mine = (siteId: string) => data.contents.filter(({ sectorId }) => siteOf(data, sectorId) === siteId);
  const [first, second] = [mine('1'), mine('2')];
  const [old, fresh] = [first.filter(({ title }) => older.has(title)), first.filter(({ title }) => !older.has(title))];
  const topics = (...names: string[]) => names.map((item) => ({ item, contentId: null }));
  const steps: [number, string, AiFunctionView, number, readonly PastUnit[]][] = [
    [66, '1', 'generate_content', 5, old.map(unitOf)],
    [65, '1', 'generate_image_prompts', 3, old.filter(isDescribed).map(unitOf)],
    [64, '1', 'generate_images', 6, old.flatMap(pictureUnits)],
    [48, '1', 'auto_cluster', 6, topics('pruning', 'compost')],
    [30, '1', 'generate_ideas', 7, topics('Pruning apple trees', 'Raised beds')],
    [20, '1', 'generate_content', 4, fresh.map(unitOf)],
    [19, '1', 'generate_image_prompts', 4, fresh.map(unitOf)],
    [18, '1', 'generate_images', 10, fresh.flatMap(pictureUnits)],
    [9, '2', 'generate_content', 1, second.map(unitOf)],
    [8.5, '2', 'generate_image_prompts', 1, second.map(unitOf)],
    [8, '2', 'generate_images', 3, second.flatMap(pictureUnits)],
    [2, '2', 'generate_ideas', 0, [{ item: 'Firewood', contentId: null, isLost: true }]],
  ];
  steps.forEach(([hoursAgo, siteId, fn, results, units], place) => {
    addPast(data, {
      id: `8${String(place).padStart(2, '0')}`,
      siteId,
      function: fn,
      supplier: 'builtin',
      at: ago(now, hoursAgo),
      endedAt: ago(now, hoursAgo - 0.05),
      results,
      units,
      isRead: hoursAgo > 9,
    });
  });
  data.transactions.push({
    id: '899',
    transactionType: 'grant',
    operationType: '',
    amount: '50',
    balanceAfter: String(balance(data) + 50),
    operationId: null,
    memo: 'Extra for the spring series',
    at: ago(now, 1),
  });
  for (const notice of OTHER_NOTICES) {
    data.notifications.push({
      ...notice,
      id: `9${data.notifications.length}`,
      operationId: null,
      isRead: false,
      createdAt: ago(now, 1),
    });
  }
}

function unitOf({ id, title }: FakeContent): PastUnit {
  return { item: title, contentId: id };
}

function isDescribed({ images }: FakeContent): boolean {
  return images.length > 0;
}

/** The pictures of an article that were made, and those that failed. */
export function pictureUnits({ id, title, images }: FakeContent): PastUnit[] {
  return images
    .filter(({ status }) => status !== 'pending')
    .map(({ heading, status }) => ({
      item: heading === '' ? title : `${title}: ${heading}`,
      contentId: id,
      isLost: status === 'failed',
    }));
}

/** Adds an operation that has ended, with everything it left behind. */
export function addPast(data: FakeData, past: Past): void {
  const { siteId, function: fn, supplier, units, results, id } = past;
  const consumed = units.map(({ isLost = false, size = 1 }) =>
    isLost ? lostOf(fn, supplier) : consumptionOf(fn, supplier, size),
  );
  const lost = units.filter(({ isLost }) => isLost === true).length;
  const row: OperationRow = {
    id,
    function: fn,
    isTrial: false,
    siteId,
    site: data.sites.find((site) => site.id === siteId)?.name ?? '',
    model: modelOf(fn, supplier),
    startedBy: fn === 'generate_images' ? 'automation' : 'manual',
    phase: 'DONE',
    status: results > 0 ? 'success' : 'error',
    isCancelled: false,
    itemsTotal: units.length,
    unitsTotal: units.length,
    unitsDone: units.length - lost,
    unitsFailed: lost,
    results,
    joined: 0,
    credits: decimal(consumed.reduce((sum, { credits }) => sum + credits, 0)),
    cost: decimal(consumed.reduce((sum, { cost }) => sum + cost, 0)),
    errorCode: lost > 0 ? 'bad_reply' : '',
    createdAt: past.at,
    endedAt: past.endedAt,
    mayGoOnAt: null,
    askedAt: null,
  };
  const made: UnitRow[] = [];
  units.forEach(({ item, contentId, isLost = false }, place) => {
    const use = consumed[place];
    if (use === undefined) return;
    const at = new Date(Date.parse(past.at) + place * UNIT_MS).toISOString();
    const [outcome, errorCode] = isLost ? (['released', 'bad_reply'] as const) : (['settled', ''] as const);
    const { input, cachedInput, output, reasoning, imageOutput } = use.tokens;
    made.push({
      item,
      state: isLost ? 'failed' : 'done',
      errorCode,
      outcome,
      credits: decimal(use.credits),
      cost: decimal(use.cost),
      tokensInput: input + cachedInput,
      tokensOutput: output + reasoning + imageOutput,
      images: use.images,
      isEstimated: use.isEstimated,
      partial: '',
      at,
    });
    data.usage.push({ ...use, id: `${id}${place}`, operationId: id, siteId, contentId, outcome, at });
    data.transactions.push({
      id: `${id}${String(place).padStart(3, '0')}`,
      transactionType: isLost ? 'release' : 'deduction',
      operationType: use.operationType,
      amount: decimal(-use.credits),
      balanceAfter: decimal(balance(data) - use.credits),
      operationId: id,
      memo: errorCode,
      at,
    });
  });
  const request = { function: fn, siteId, ids: [], regenerate: false };
  data.operations.push({ row, units: made, request, isStopping: false, isPausing: false, held: 0 });
  tellEnd(data, row, past.isRead);
}

function tellEnd(data: FakeData, row: OperationRow, isRead: boolean): void {
  const ending = row.results === 0 ? 'failed' : row.unitsFailed > 0 ? 'partial' : 'success';
  data.notifications.push({
    id: `9${data.notifications.length}`,
    notificationType: `${NOTICE_STEMS[row.function as AiFunctionView]}_${ending}`,
    severity: { failed: 'error', partial: 'warning', success: 'success' }[ending],
    params: [
      { name: 'results', value: String(row.results) },
      { name: 'credits', value: row.credits },
      { name: 'units_total', value: String(row.unitsTotal) },
      { name: 'units_done', value: String(row.unitsDone) },
      { name: 'units_failed', value: String(row.unitsFailed) },
      { name: 'code', value: row.errorCode },
    ],
    siteId: row.siteId,
    operationId: row.id,
    relatedType: 'operation',
    relatedId: row.id,
    isRead,
    createdAt: row.endedAt ?? row.createdAt,
  });
}

const OTHER_NOTICES: Omit<NotificationRow, 'id' | 'operationId' | 'isRead' | 'createdAt'>[] = [
  {
    notificationType: 'publish_failed',
    severity: 'error',
    params: [
      { name: 'title', value: 'Was ein Kachelofen kostet und wovon es abhängt' },
      { name: 'code', value: 'html_instead_of_json' },
    ],
    siteId: '2',
    relatedType: 'content',
    relatedId: null,
  },
  {
    notificationType: 'content_published',
    severity: 'success',
    params: [
      { name: 'title', value: 'How to prune an apple tree in winter' },
      { name: 'url', value: 'https://fieldnotes.example/how-to-prune-an-apple-tree-in-winter/' },
    ],
    siteId: '1',
    relatedType: 'content',
    relatedId: null,
  },
  {
    notificationType: 'keywords_imported',
    severity: 'success',
    params: [
      { name: 'file', value: 'search_console_queries.csv' },
      { name: 'added', value: '36' },
      { name: 'updated', value: '0' },
    ],
    siteId: '1',
    relatedType: 'site',
    relatedId: '1',
  },
];

function balance({ transactions }: FakeData): number {
  return transactions.reduce((sum, { amount }) => sum + Number(amount), 0);
}
