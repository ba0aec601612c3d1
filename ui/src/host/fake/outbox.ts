/** The outbox in memory: made of the articles that are on their way, wait, or did not arrive. */
import type { Commands, OutboxRow, PassageSearch } from '../contract';
import type { FakeContent, FakeData } from './data';
import { type ListRules, pageOf } from './list';
import { hostOf, publish } from './publish';
import { siteOf } from './rows';
import { find, live, ok, type World } from './world';

const OUTBOX: ListRules<OutboxRow> = {
  text: (row) => row.article,
  fields: { siteId: { of: (row) => row.siteId }, status: { of: (row) => row.state } },
  sort: { column: 'createdAt', descending: true },
};

type OutboxCommand =
  | 'outbox'
  | 'outboxRetry'
  | 'outboxDiscard'
  | 'outboxRestore'
  | 'passages'
  | 'passagesFind'
  | 'passagesStop';

const NO_SEARCH: PassageSearch = {
  state: 'idle',
  tried: 0,
  found: 0,
  passages: [],
  isCutShort: false,
  failure: '',
  note: '',
  host: '',
};
/** Texts that a search in memory tries. */
const TEXTS = 12;

export function outboxCommands(world: World): Pick<Commands, OutboxCommand> {
  const { data, touch } = world;
  const still = (ids: readonly string[]) =>
    live(data.contents).filter(({ id }) => ids.includes(id) && !data.onTheWay.has(id));
  return {
    outbox: async (query) => pageOf(outboxRows(data), query, OUTBOX),
    outboxRetry: async (ids) => {
      const asked = still(ids).filter((content) => stateOf(data, content) !== null);
      void sendAll(world, asked);
      return ok({ ids: asked.map(({ id }) => id) });
    },
    outboxDiscard: async (ids) => {
      const found = still(ids).filter((content) => stateOf(data, content) !== null);
      for (const content of found) {
        const { delivery, failure, waits = null } = content;
        content.discarded = { delivery, failure, waits };
        Object.assign(content, { failure: null, waits: null });
        content.delivery = content.receipt === null ? 'not_published' : 'published';
      }
      touch('contents', 'publications');
      return ok({ ids: found.map(({ id }) => id) });
    },
    outboxRestore: async (ids) => {
      for (const content of still(ids).filter(({ discarded }) => discarded !== undefined)) {
        Object.assign(content, content.discarded);
        delete content.discarded;
      }
      touch('contents', 'publications');
      return ok(null);
    },
    passages: async (id) => ok(data.passages[id] ?? NO_SEARCH),
    passagesFind: async (id) => {
      void search(world, id);
      return ok(null);
    },
    passagesStop: async (id) => {
      const found = data.passages[id];
      if (found !== undefined) found.state = 'stopped';
      return ok(null);
    },
  };
}

/** Tries one text after the other, and finds the first sentence of the article. */
async function search(world: World, id: string): Promise<void> {
  const { data, touch } = world;
  const search: PassageSearch = { ...NO_SEARCH, state: 'running' };
  data.passages[id] = search;
  for (; search.tried < TEXTS && search.state === 'running'; search.tried += 1) {
    touch('publications');
    await world.pace();
  }
  if (search.state === 'running') {
    const text = data.contents.find((content) => content.id === id)?.title ?? '';
    Object.assign(search, { state: 'done', found: 1, passages: [{ place: 'body', text, isMarkup: false }] });
  }
  touch('publications');
}

async function sendAll(world: World, contents: readonly FakeContent[]): Promise<void> {
  for (const content of contents) await publish(world, content, false);
}

/** Deliveries have the ids of their articles here: each has one at most. */
function outboxRows(data: FakeData): OutboxRow[] {
  return live(data.contents).flatMap((content) => {
    const [state, site] = [stateOf(data, content), find(data.sites, siteOf(data, content.sectorId))];
    if (state === null || site === undefined || site.removed === true) return [];
    const why = content.failure ?? content.waits ?? null;
    const code = why?.code ?? '';
    return [
      {
        id: content.id,
        articleId: content.id,
        article: content.title,
        siteId: site.id,
        site: site.name,
        host: hostOf(site.url),
        state,
        isUpdate: content.receipt !== null,
        goal: content.delivery === 'scheduled' ? 'hand_over' : 'publish',
        hasDraft: false,
        attempts: code === '' ? 0 : 3,
        code,
        note: why?.note ?? '',
        postIsMissing: content.failure?.postIsMissing ?? false,
        nextTryAt: content.waits?.nextTryAt ?? null,
        createdAt: content.updatedAt,
      },
    ];
  });
}

function stateOf(data: FakeData, { id, delivery, failure, waits, status }: FakeContent): string | null {
  if (delivery === 'publishing') {
    if (data.onTheWay.has(id)) return 'in_hand';
    return (waits?.code ?? '') === '' ? 'queued' : 'waiting';
  }
  return failure !== null && status === 'approved' ? 'parked' : null;
}
