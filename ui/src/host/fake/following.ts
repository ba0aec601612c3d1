/** What happens on a site, in memory: articles that were changed there, and the posts it had before. */
import type {
  Commands,
  ConflictDecision,
  ConflictRun,
  ConflictView,
  KeptSide,
  SitePosts,
  SitePostView,
} from '../contract';
import type { FakeContent, FakeData } from './data';
import { siteOf } from './rows';
import { fail, find, live, missing, notify, ok, type World } from './world';

/** Posts that a site in memory had before, and how many come at once. */
const POSTS = 40;
const PAGE = 10;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

type FollowingCommand =
  | 'conflicts'
  | 'conflict'
  | 'conflictDecide'
  | 'siteSync'
  | 'sitePosts'
  | 'sitePostsList'
  | 'siteTidy'
  | 'sitePostsTakeIn'
  | 'sitePostsStop';

/** When somebody changed an article there. */
const FOUND_AT = '2026-11-22T18:30:00Z';

/** What nobody changed. */
const SAME = '<h2>Before you start</h2>\n<p>Wait for a dry week.</p>';

const NONE: SitePosts = { known: 0, state: 'idle', done: 0, total: 0, added: 0, updated: 0, failure: '' };

export function followingCommands(world: World): Pick<Commands, FollowingCommand> {
  const { data, touch } = world;
  return {
    conflicts: async (siteId) =>
      ok(
        Object.values(data.conflicts)
          .map(({ row }) => row)
          .filter((row) => siteId === null || row.siteId === siteId),
      ),
    conflict: async (id) => {
      const view = data.conflicts[id];
      return view === undefined ? missing('conflict') : ok(view);
    },
    conflictDecide: async (id, decision) => {
      const view = data.conflicts[id];
      if (view === undefined) return missing('conflict');
      if (view.row.foundAt !== decision.foundAt) return fail({ code: 'WrongState', detail: { what: 'conflict' } });
      settle(world, id, view, decision);
      touch('contents', 'publications');
      return ok(null);
    },
    siteSync: async (id) => {
      const looked = live(data.contents).filter(
        ({ sectorId, receipt }) => receipt !== null && siteOf(data, sectorId) === id,
      ).length;
      return ok({ looked, events: [] });
    },
    sitePosts: async (id) => ok(data.sitePosts[id] ?? NONE),
    sitePostsList: async (id) => ok(postsOf(data.sitePosts[id]?.known ?? 0, world.now())),
    siteTidy: async () => ok({ posts: 0, media: 0 }),
    sitePostsTakeIn: async (id) => {
      if (data.sitePosts[id]?.state === 'running') return fail({ code: 'WrongState', detail: { what: 'site' } });
      void takeIn(world, id);
      return ok(null);
    },
    sitePostsStop: async (id) => {
      const posts = data.sitePosts[id];
      if (posts !== undefined) posts.state = 'stopped';
      return ok(null);
    },
  };
}

/** Posts that were taken in, the newest first. */
function postsOf(known: number, now: Date): SitePostView[] {
  return Array.from({ length: known }, (_, place) => ({
    id: `had-${known - place}`,
    title: `What grows in week ${known - place}`,
    url: `https://garden.example/week-${known - place}/`,
    wordCount: 400 + place,
    publishedAt: new Date(now.getTime() - (place + 1) * WEEK_MS).toISOString(),
  }));
}

/** Somebody has changed an article on its site: its title, as was done here too, and its text. */
export function editThere(data: FakeData, content: FakeContent): ConflictView {
  const siteId = siteOf(data, content.sectorId) ?? '';
  const site = data.sites.find(({ id }) => id === siteId)?.name ?? '';
  const run = (by: ConflictRun['by'], ours: string, theirs: string): ConflictRun => ({ by, ours, theirs });
  const view: ConflictView = {
    row: { id: content.id, title: content.title, siteId, site, foundAt: FOUND_AT, fields: ['title', 'body'] },
    version: content.version,
    fields: [{ field: 'title', by: 'both', ours: content.title, theirs: 'Their title', isChoice: true }],
    runs: [
      run('nobody', SAME, SAME),
      run('them', '<p>Dig in sand.</p>', '<p>Dig in grit, never sand.</p>'),
      run('us', '<p>Water it once.</p>', ''),
      run('both', '<p>Compost in spring.</p>', '<p>Compost in autumn.</p>'),
    ],
    leftOut: ['embed'],
  };
  data.conflicts[content.id] = view;
  return view;
}

/** The article is as it was decided; what the site does not have is to be sent. */
function settle(world: World, id: string, view: ConflictView, { keep, fields }: ConflictDecision): void {
  const content = find(world.data.contents, id);
  if (content === undefined) return;
  const side = (name: string): KeptSide =>
    keep === 'both' ? (fields.find(({ field }) => field === name)?.side ?? 'ours') : keep;
  for (const { field, theirs } of view.fields)
    if (field === 'title' && side(field) === 'theirs') content.title = theirs;
  if (keep !== 'ours') content.version += 1;
  const now = world.now();
  content.updatedAt = now.toISOString();
  if (content.receipt !== null && keep === 'theirs') content.receipt.at = content.updatedAt;
  content.failure = null;
  delete world.data.conflicts[id];
}

async function takeIn(world: World, id: string): Promise<void> {
  const { known } = world.data.sitePosts[id] ?? NONE;
  const posts: SitePosts = { ...NONE, known, state: 'running', total: POSTS };
  world.data.sitePosts[id] = posts;
  world.touch('contents');
  while (posts.done < POSTS && posts.state === 'running') {
    await world.pace();
    posts.done += PAGE;
    posts.known = Math.max(posts.known, posts.done);
    world.touch('contents');
  }
  if (posts.state === 'running') Object.assign(posts, { state: 'done', added: POSTS - known });
  const site = world.data.sites.find((each) => each.id === id);
  const params = [
    { name: 'host', value: site?.name ?? '' },
    { name: 'count', value: String(posts.added) },
  ];
  notify(world, { notificationType: 'posts_taken_in', severity: 'success', siteId: id, params });
}
