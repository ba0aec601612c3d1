/**
 * Two sites that have worked for a quarter of a year, with a provider that bills: enough to see spending by day, what an
 * article costs, what stands out, and budgets that turn with the months.
 */
import type { AiFunctionView } from '../contract';
import { contentOf } from './articles';
import type { FakeContent, FakeData, FakeTask } from './data';
import { dayFrom } from './models';
import { sampleData } from './seed';
import { lived } from './seedArticles';
import { addPast, type PastUnit, pictureUnits } from './seedHistory';
import { decimal } from './world';

const DAY_MS = 86_400_000;
/** The model that writes its articles. */
const WRITER = '4';
const HOUR_MS = 3_600_000;
/** First day, counted back from now; the last days belong to the sample. */
const FIRST_DAY = 84;
const LAST_DAY = 4;

const TOPICS = [
  'Tomatoes',
  'Runner beans',
  'Strawberries',
  'Rhubarb',
  'Garlic',
  'Dahlias',
  'Box hedges',
  'Cold frames',
  'Leaf mould',
  'Green manure',
  'Water butts',
  'Bare-root roses',
  'Asparagus',
  'Sweet peas',
  'Chard',
  'Hazel',
] as const;
const PATTERNS = [
  (topic: string) => `${topic}: what to do in which month`,
  (topic: string) => `${topic} for beginners, without the usual mistakes`,
  (topic: string) => `Five things that go wrong with ${topic.toLowerCase()}`,
] as const;

/** The same, where the model that writes has ended since. */
export function retiredData(now = new Date()): FakeData {
  const data = pastData(now);
  const writer = data.models.find(({ id }) => id === WRITER);
  if (writer !== undefined) Object.assign(writer, { retiresOn: dayFrom(now, -1), endsSoon: false });
  return data;
}

export function pastData(now = new Date()): FakeData {
  const data = sampleData(now);
  data.isBilled = true;
  data.providers = [
    {
      name: 'openai',
      url: 'https://api.openai.com/v1',
      dialect: 'openai',
      hasKey: true,
      keyTail: 'k3yZ',
      concurrency: 4,
      perMinute: 60,
    },
  ];
  data.modelRoles = [{ mode: 'live', function: 'generate_content', modelId: WRITER }];
  data.lowPercent = 15;
  data.limits = { day: 250, 'site:1': 800 };
  let made = 0;
  for (let day = FIRST_DAY; day >= LAST_DAY; day -= 1) {
    const at = new Date(now.getTime() - day * DAY_MS);
    for (const siteId of ['1', '2']) made += workOf(data, siteId, at, articlesOn(day, siteId), made);
  }
  inOrder(data, now);
  return data;
}

/** Fewer at weekends, one busy day a month ago. */
function articlesOn(day: number, siteId: string): number {
  if (day === 19 && siteId === '1') return 9;
  if (day % 7 === 5 || day % 7 === 6) return 0;
  return siteId === '1' ? 1 + ((day * 7) % 3) : (day * 5) % 2;
}

/** One day's articles of a site, written, described and illustrated; answers how many. */
function workOf(data: FakeData, siteId: string, day: Date, count: number, first: number): number {
  if (count === 0) return 0;
  const contents = Array.from({ length: count }, (_, place) => articleOf(data, siteId, day, first + place));
  const hour = (hours: number) => new Date(day.getTime() + hours * HOUR_MS).toISOString();
  const units = contents.map(
    (content, place): PastUnit => ({
      item: content.title,
      contentId: content.id,
      // One long article, and now and then an answer that could not be used.
      size: first + place === 58 ? 6 : 1 + ((first + place) % 3) / 4,
    }),
  );
  const lost = units.filter((_, place) => (first + place) % 11 === 4).map((unit) => ({ ...unit, isLost: true }));
  const add = (fn: AiFunctionView, at: number, work: readonly PastUnit[]) =>
    addPast(data, {
      id: String(30_000 + data.operations.length),
      siteId,
      function: fn,
      supplier: 'openai',
      at: hour(at),
      endedAt: hour(at + 0.2),
      results: work.filter(({ isLost }) => isLost !== true).length,
      units: work,
      isRead: true,
    });
  if (first % 5 === 0) add('generate_ideas', -2, [{ item: TOPICS[first % TOPICS.length] ?? '', contentId: null }]);
  add('generate_content', 0, [...lost, ...units]);
  add(
    'generate_image_prompts',
    1,
    contents.map(({ id, title }) => ({ item: title, contentId: id })),
  );
  add('generate_images', 2, contents.flatMap(pictureUnits));
  return count;
}

function articleOf(data: FakeData, siteId: string, day: Date, place: number): FakeContent {
  const sectors = data.sectors.filter((sector) => sector.siteId === siteId);
  const sector = sectors[place % sectors.length];
  const topic = TOPICS[place % TOPICS.length] ?? '';
  const pattern = PATTERNS[Math.floor(place / TOPICS.length) % PATTERNS.length];
  const at = day.toISOString();
  const task: FakeTask = {
    id: String(40_000 + place),
    ideaId: '',
    sectorId: sector?.id ?? '',
    clusterId: null,
    title: pattern?.(topic) ?? topic,
    contentStructure: 'guide',
    wordCountTarget: 1200,
    status: 'completed',
    errorCode: '',
    createdAt: at,
  };
  const content = contentOf(task, undefined, String(50_000 + place), at);
  data.tasks.push(task);
  data.contents.push(lived(data, content, { status: 'approved', delivery: 'published', pictures: 'all' }, at));
  return content;
}

/** Puts everything in the order of time, with a budget at each turn of the month and the lapse of what was left. */
function inOrder(data: FakeData, now: Date): void {
  const byTime = (a: { at: string }, b: { at: string }) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
  data.usage.sort(byTime);
  data.operations.sort((a, b) => (a.row.createdAt < b.row.createdAt ? -1 : 1));
  data.notifications.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  const lines = data.transactions.filter(
    ({ memo, transactionType }) => transactionType !== 'grant' || !/^\d{4}-/.test(memo),
  );
  const kept: typeof lines = [];
  let balance = 0;
  let month = '';
  for (const line of lines.sort(byTime)) {
    const turn = line.at.slice(0, 7);
    if (turn !== month) {
      if (balance > 0) post('lapse', -balance, month, `${turn}-01T00:00:00.000Z`);
      post('grant', data.monthlyBudget, turn, `${turn}-01T00:00:00.000Z`);
      month = turn;
    }
    balance += Number(line.amount);
    kept.push({ ...line, balanceAfter: decimal(balance) });
  }
  data.transactions = kept;
  data.auditedAt = new Date(now.getTime() - HOUR_MS / 5).toISOString();

  function post(transactionType: string, amount: number, memo: string, at: string): void {
    balance += amount;
    kept.push({
      id: String(60_000 + kept.length),
      transactionType,
      operationType: '',
      amount: decimal(amount),
      balanceAfter: decimal(balance),
      operationId: null,
      memo,
      at,
    });
  }
}
