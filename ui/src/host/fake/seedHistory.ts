/** What the two sites' work has cost so far: operations with their units, the statement, notices. */
import type { AiFunctionView, NotificationRow, OperationRow, UnitRow } from '../contract';
import type { FakeData } from './data';
import { CREDITS_PER_UNIT, NOTICE_STEMS, OPERATION_TYPES } from './models';
import { ago } from './world';

type Past = {
  siteId: string;
  function: AiFunctionView;
  units: number;
  failed?: number;
  items: readonly string[];
  hoursAgo: number;
  results: number;
  refused?: boolean;
};

const PAST: readonly Past[] = [
  { siteId: '1', function: 'auto_cluster', units: 2, items: ['pruning'], hoursAgo: 48, results: 6 },
  { siteId: '1', function: 'generate_ideas', units: 2, items: ['Pruning apple trees'], hoursAgo: 30, results: 7 },
  {
    siteId: '1',
    function: 'generate_content',
    units: 4,
    items: ['How to prune an apple tree in winter', 'How to improve clay soil in one season'],
    hoursAgo: 20,
    results: 4,
  },
  {
    siteId: '1',
    function: 'generate_images',
    units: 11,
    failed: 1,
    items: ['How to prune an apple tree in winter'],
    hoursAgo: 18,
    results: 10,
  },
  {
    siteId: '2',
    function: 'generate_content',
    units: 1,
    items: ['Was ein Kachelofen kostet'],
    hoursAgo: 9,
    results: 1,
  },
  { siteId: '2', function: 'generate_images', units: 3, items: ['Was ein Kachelofen kostet'], hoursAgo: 8, results: 3 },
  { siteId: '2', function: 'generate_ideas', units: 1, failed: 1, items: ['Firewood'], hoursAgo: 2, results: 0 },
];

export function seedHistory(data: FakeData, now: Date): void {
  const [grant] = data.transactions;
  if (grant !== undefined) Object.assign(grant, { at: ago(now, 500), memo: ago(now, 500).slice(0, 7) });
  for (const [place, past] of PAST.entries()) addPast(data, past, `80${place}`, now);
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

function addPast(data: FakeData, past: Past, id: string, now: Date): void {
  const { siteId, function: fn, units, failed = 0, items, hoursAgo, results } = past;
  const [price, at] = [CREDITS_PER_UNIT[fn], ago(now, hoursAgo)];
  const credits = (units - failed) * price;
  const row: OperationRow = {
    id,
    function: fn,
    siteId,
    site: data.sites.find((site) => site.id === siteId)?.name ?? '',
    model: fn === 'generate_images' ? 'igny8-image-1' : 'igny8-text-1',
    startedBy: fn === 'generate_images' ? 'automation' : 'manual',
    phase: 'DONE',
    status: results > 0 ? 'success' : 'error',
    isCancelled: false,
    itemsTotal: units,
    unitsTotal: units,
    unitsDone: units - failed,
    unitsFailed: failed,
    results,
    credits: String(credits),
    cost: '0',
    errorCode: failed > 0 ? 'bad_reply' : '',
    createdAt: at,
    endedAt: ago(now, hoursAgo - 0.05),
  };
  const unit = (_: unknown, place: number): UnitRow => ({
    item: items[place % items.length] ?? '',
    state: place < failed ? 'failed' : 'done',
    errorCode: place < failed ? 'bad_reply' : '',
    outcome: place < failed ? 'released' : 'settled',
    credits: place < failed ? '0' : String(price),
    cost: '0',
    tokensInput: fn === 'generate_images' ? 0 : 1240,
    tokensOutput: fn === 'generate_images' ? 0 : 2320,
    images: fn === 'generate_images' && place >= failed ? 1 : 0,
    isEstimated: true,
    at,
  });
  const made = Array.from({ length: units }, unit);
  data.operations.push({
    row,
    units: made,
    request: { function: fn, siteId, ids: [], regenerate: false },
    isStopping: false,
  });
  for (const { credits: charged, outcome, errorCode } of made) {
    data.transactions.push({
      id: `${id}${data.transactions.length}`,
      transactionType: outcome === 'settled' ? 'deduction' : 'release',
      operationType: OPERATION_TYPES[fn],
      amount: String(-Number(charged)),
      balanceAfter: String(balance(data) - Number(charged)),
      operationId: id,
      memo: errorCode,
      at,
    });
  }
  const ending = results === 0 ? 'failed' : failed > 0 ? 'partial' : 'success';
  data.notifications.push({
    id: `9${data.notifications.length}`,
    notificationType: `${NOTICE_STEMS[fn]}_${ending}`,
    severity: { failed: 'error', partial: 'warning', success: 'success' }[ending],
    params: [
      { name: 'results', value: String(results) },
      { name: 'credits', value: row.credits },
      { name: 'units_total', value: String(units) },
      { name: 'units_failed', value: String(failed) },
      { name: 'code', value: row.errorCode },
    ],
    siteId,
    operationId: id,
    relatedType: 'operation',
    relatedId: id,
    isRead: hoursAgo > 9,
    createdAt: row.endedAt ?? at,
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
