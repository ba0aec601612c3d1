/** Tasks and articles of the ideas that went on: one in each state of review and delivery. */
import { contentOf } from './articles';
import type { FakeContent, FakeData, FakeTask } from './data';
import { pictureOf } from './pictures';
import { hostOf, receipt } from './publish';
import { siteOf } from './rows';
import { ago } from './world';

type Fate = { status: string; delivery?: string; pictures: 'none' | 'described' | 'some' | 'all'; failure?: string };

/** An article whose idea is long gone. */
type Older = { cluster: string; title: string; structure: string; keywords: string[]; fate: Fate };

/** Written before the others. */
export const OLDER: readonly Older[] = [
  {
    cluster: 'Pruning apple trees',
    title: 'Which pruning saw to buy, and how to keep it sharp',
    structure: 'comparison',
    keywords: ['best pruning saw for fruit trees'],
    fate: { status: 'draft', pictures: 'none' },
  },
  {
    cluster: 'Composting at home',
    title: 'Hot composting: eighteen days from kitchen scraps to soil',
    structure: 'guide',
    keywords: ['hot composting method', 'what can you compost'],
    fate: { status: 'draft', pictures: 'none' },
  },
  {
    cluster: 'Composting at home',
    title: 'Leaf mould: the slow compost that needs nothing',
    structure: 'article',
    keywords: ['what can you compost'],
    fate: { status: 'draft', pictures: 'described' },
  },
  {
    cluster: 'Composting at home',
    title: 'What belongs on the compost heap, and what brings the rats',
    structure: 'listicle',
    keywords: ['what can you compost'],
    fate: { status: 'review', pictures: 'all' },
  },
  {
    cluster: 'Pruning apple trees',
    title: 'Old apple trees: a cut over three winters',
    structure: 'guide',
    keywords: ['how to prune an apple tree', 'when to prune apple trees'],
    fate: { status: 'approved', delivery: 'publishing', pictures: 'all', failure: 'unreachable' },
  },
];

/** By title, how far its article is. */
const FATES: Record<string, Fate> = {
  'How to prune an apple tree in winter': { status: 'approved', delivery: 'published', pictures: 'all' },
  'Compost heap or compost bin: which suits a small garden': { status: 'review', pictures: 'all' },
  'How to fill a raised bed without buying all the soil': { status: 'draft', pictures: 'some' },
  'How to improve clay soil in one season': { status: 'approved', pictures: 'all' },
  'Was ein Kachelofen kostet und wovon es abhängt': {
    status: 'approved',
    delivery: 'failed',
    pictures: 'all',
    failure: 'html_instead_of_json',
  },
};

export function seedArticles(data: FakeData, now: Date): void {
  data.ideas
    .filter(({ status }) => status !== 'new')
    .forEach((idea, place) => {
      const task: FakeTask = {
        id: `5${idea.id}`,
        ideaId: idea.id,
        sectorId: idea.sectorId,
        clusterId: idea.clusterId,
        title: idea.title,
        contentStructure: idea.contentStructure,
        wordCountTarget: idea.wordCountTarget,
        status: idea.status === 'completed' ? 'completed' : 'queued',
        errorCode: '',
        createdAt: ago(now, 28 - place),
      };
      data.tasks.push(task);
      const fate = FATES[idea.title];
      if (fate === undefined) return;
      const content = contentOf(task, idea, `6${idea.id}`, ago(now, 20 - place));
      data.contents.push(lived(data, content, fate, ago(now, 3 + place)));
    });
  for (const [place, older] of OLDER.entries()) addOlder(data, older, place, now);
}

function addOlder(
  data: FakeData,
  { cluster, title, structure, keywords, fate }: Older,
  place: number,
  now: Date,
): void {
  const of = data.clusters.find(({ name }) => name === cluster);
  if (of === undefined) return;
  const task: FakeTask = {
    id: `50${place}`,
    ideaId: '',
    sectorId: of.sectorId,
    clusterId: of.id,
    title,
    contentStructure: structure,
    wordCountTarget: 1200,
    status: 'completed',
    errorCode: '',
    createdAt: ago(now, 70 + place),
  };
  data.tasks.push(task);
  const content = { ...contentOf(task, undefined, `60${place}`, ago(now, 64 + place)), keywords, tags: keywords };
  data.contents.push(lived(data, content, fate, ago(now, 26 + place)));
}

/** The article as its fate left it. */
export function lived(data: FakeData, content: FakeContent, fate: Fate, at: string): FakeContent {
  const { status, delivery = 'not_published', pictures, failure = '' } = fate;
  illustrate(data, content, pictures);
  const site = data.sites.find(({ id }) => id === siteOf(data, content.sectorId));
  const isPublished = delivery === 'published' && site !== undefined;
  const why = { code: failure, host: hostOf(site?.url ?? ''), note: '' };
  // A site that is not there is waited for; anything else needs somebody.
  const isWaiting = failure === 'unreachable';
  return Object.assign(content, {
    status,
    delivery,
    failure: failure === '' || isWaiting ? null : { ...why, postIsMissing: failure.startsWith('post_') },
    waits: isWaiting ? { ...why, nextTryAt: null } : null,
    receipt: isPublished ? receipt(content, site, at) : null,
    updatedAt: at,
  });
}

/** States of the slots of an article. */
const STATES: Record<Exclude<Fate['pictures'], 'none'>, readonly string[]> = {
  described: [],
  some: ['generated', 'failed', 'pending'],
  all: ['generated', 'generated', 'generated'],
};

function illustrate(data: FakeData, content: FakeContent, pictures: Fate['pictures']): void {
  if (pictures === 'none') return;
  const headings = ['', ...content.sections.slice(0, 2).map(({ heading }) => heading)];
  content.images = headings.map((heading, position) => {
    const imageType = position === 0 ? 'featured' : 'in_article';
    const drawn = pictureOf({ imageType, heading }, content.title, `${content.id}${position}`);
    const state = STATES[pictures][position] ?? 'pending';
    const isDrawn = state === 'generated';
    if (isDrawn) data.pictures[drawn.media] = drawn.address;
    return {
      id: `7${content.id}${position}`,
      imageType,
      position,
      heading,
      prompt: `A calm, detailed picture of ${(heading || content.title).toLowerCase()}, warm daylight, no text.`,
      alt: heading === '' ? content.title : `${heading}, illustrated`,
      status: state,
      errorCode: state === 'failed' ? 'content_refused' : '',
      media: isDrawn ? drawn.media : null,
      width: 1200,
      height: 675,
      bytes: isDrawn ? drawn.bytes : 0,
      madeFrom: '',
      seed: isDrawn ? String(position + 1) : null,
      cost: isDrawn ? '0' : null,
    };
  });
}
