/** What each AI function makes of its items, cut into paid units. Simple rules stand in for the engine. */
import type { OperationRequest, Selection } from '../contract';
import { articleMarkdown, contentOf } from './articles';
import type { FakeCluster, FakeContent, FakeData, FakeTask } from './data';
import { chosen } from './list';
import { ITEMS_PER_UNIT } from './models';
import { pictureOf } from './pictures';
import { clusterRows, ideaRows, keywordRows, siteOf } from './rows';
import { IDEAS } from './rules';
import { find, live, type World } from './world';

export type Unit = {
  /** The item at hand, by name. */
  name: string;
  items: number;
  /** The article it is for, once there is one. */
  contentId?: string;
  /** The article that is told while it is written. */
  told?: { taskId: string; text: string };
  /** It fails, so that failures can be looked at. */
  fails?: boolean;
  /** Marks what failed. */
  fail?: (code: string) => void;
  /** Stores the result; answers how many things were made. */
  save: () => number;
};

/** An item with this in its name fails in every function. */
const CURSED = 'zzz';

/** The units of a request; items that do not wait for its function have none. */
export function unitsOf(world: World, request: OperationRequest): Unit[] {
  switch (request.function) {
    case 'auto_cluster':
      return clustering(world, request);
    case 'generate_ideas':
      return ideas(world, request);
    case 'generate_content':
      return writing(world, request);
    case 'generate_image_prompts':
      return prompts(world, request);
    case 'generate_images':
      return images(world, request);
  }
}

function clustering(world: World, { siteId, ids }: OperationRequest): Unit[] {
  const waiting = keywordRows(world.data).filter(
    (row) => row.siteId === siteId && row.status === 'new' && !row.isDisabled && isAsked(ids, row.id),
  );
  return batches(waiting, ITEMS_PER_UNIT.auto_cluster).map((batch) => ({
    name: batch[0]?.text ?? '',
    items: batch.length,
    fails: batch.every(({ text }) => text.includes(CURSED)),
    save: () => {
      const before = world.data.clusters.length;
      for (const { id, text, sectorId } of batch) {
        const cluster = clusterFor(
          world,
          sectorId,
          topicOf(
            text,
            batch.map((row) => row.text),
          ),
        );
        const keyword = world.data.keywords.find((record) => record.id === id);
        if (keyword !== undefined) keyword.clusterId = cluster.id;
      }
      return world.data.clusters.length - before;
    },
  }));
}

function clusterFor(world: World, sectorId: string, topic: string): FakeCluster {
  const name = capital(topic);
  const there = live(world.data.clusters).find((cluster) => cluster.sectorId === sectorId && cluster.name === name);
  if (there !== undefined) return there;
  const cluster: FakeCluster = {
    id: world.id(),
    sectorId,
    name,
    description: `What people ask about ${topic}.`,
    isDisabled: false,
    createdAt: world.now().toISOString(),
  };
  world.data.clusters.push(cluster);
  return cluster;
}

const STOP_WORDS = new Set(
  'a an and at best for how in is of on the to under vs what when why with make use'.split(' '),
);

/** The word of a phrase that the other phrases share most. */
function topicOf(text: string, all: readonly string[]): string {
  const words = text.split(/\s+/).filter((word) => !STOP_WORDS.has(word));
  const shared = (word: string) => all.filter((other) => other.split(/\s+/).includes(word)).length;
  return words.sort((a, b) => shared(b) - shared(a))[0] ?? text;
}

function ideas(world: World, { siteId, ids }: OperationRequest): Unit[] {
  const waiting = clusterRows(world.data).filter(
    (row) => row.siteId === siteId && row.status === 'new' && !row.isDisabled && isAsked(ids, row.id),
  );
  return batches(waiting, ITEMS_PER_UNIT.generate_ideas).map((batch) => ({
    name: batch[0]?.name ?? '',
    items: batch.length,
    fails: batch.every(({ name }) => name.toLowerCase().includes(CURSED)),
    save: () => batch.reduce((made, { id, sectorId, name }) => made + addIdeas(world, id, sectorId, name), 0),
  }));
}

const IDEA_PATTERNS = [
  { title: (topic: string) => `${topic}: what matters and what does not`, structure: 'guide', words: 1200 },
  { title: (topic: string) => `${topic} compared: which one suits you`, structure: 'comparison', words: 1500 },
] as const;

function addIdeas({ data, id, now }: World, clusterId: string, sectorId: string, topic: string): number {
  const keywords = live(data.keywords)
    .filter((keyword) => keyword.clusterId === clusterId)
    .map(({ text }) => text);
  for (const { title, structure, words } of IDEA_PATTERNS) {
    data.ideas.push({
      id: id(),
      sectorId,
      clusterId,
      title: title(topic),
      description: `Answers what readers ask about ${topic.toLowerCase()}, in the order they meet the questions.`,
      keywords: keywords.slice(0, 5),
      contentType: 'post',
      contentStructure: structure,
      wordCountTarget: words,
      status: 'new',
      isDisabled: false,
      createdAt: now().toISOString(),
    });
  }
  return IDEA_PATTERNS.length;
}

function writing(world: World, { siteId, ids, ideas, regenerate, retry }: OperationRequest): Unit[] {
  const { data } = world;
  if (regenerate === true)
    return contentsOf(data, siteId, ids)
      .filter(mayBeRewritten)
      .map((content) => anew(world, content));
  const wanted = retry === true ? 'failed' : 'queued';
  const chosenIdeas = ideas == null ? null : ideasOf(world, siteId, ideas);
  const isWanted = ({ id, ideaId }: FakeTask) =>
    chosenIdeas === null ? isAsked(ids, id) : chosenIdeas.some((idea) => idea.id === ideaId);
  const tasks = live(data.tasks).filter(
    (task) => siteOf(data, task.sectorId) === siteId && task.status === wanted && isWanted(task),
  );
  const fresh = chosenIdeas?.filter(({ status }) => status === 'new') ?? [];
  // A new idea has no task before the work starts: it is counted, and not worked on as it is.
  const counted = fresh.map(({ title }) => ({ name: title, items: 1, save: () => 0 }));
  return [...tasks.map((task) => draft(world, task)), ...counted];
}

/** The chosen ideas that may be written. */
export function ideasOf({ data }: World, siteId: string, selection: Selection) {
  return chosen(ideaRows(data), selection, IDEAS).filter((row) => row.siteId === siteId && !row.isDisabled);
}

function mayBeRewritten({ status }: FakeContent): boolean {
  return status !== 'approved';
}

function anew({ now }: World, content: FakeContent): Unit {
  return {
    name: content.title,
    items: 1,
    contentId: content.id,
    save: () => {
      const version = content.version + 1;
      Object.assign(content, { version, status: 'draft', updatedAt: now().toISOString() });
      return 1;
    },
  };
}

function draft(world: World, task: FakeTask): Unit {
  const { data } = world;
  const contentId = world.id();
  return {
    name: task.title,
    items: 1,
    contentId,
    told: { taskId: task.id, text: articleMarkdown() },
    fails: task.title.toLowerCase().includes(CURSED),
    fail: (code) => Object.assign(task, { status: 'failed', errorCode: code }),
    save: () => {
      Object.assign(task, { status: 'completed', errorCode: '' });
      const idea = data.ideas.find(({ id }) => id === task.ideaId);
      if (idea !== undefined) idea.status = 'completed';
      data.contents.push(contentOf(task, idea, contentId, world.now().toISOString()));
      return 1;
    },
  };
}

function prompts(world: World, { siteId, ids }: OperationRequest): Unit[] {
  return contentsOf(world.data, siteId, ids)
    .filter(({ images, status }) => images.length === 0 && status !== 'approved')
    .map((content) => ({
      name: content.title,
      items: 1,
      contentId: content.id,
      save: () => {
        addSlots(world, content);
        return content.images.length;
      },
    }));
}

/** One picture above the title, and one for each of the first sections, as many as the site wants. */
function addSlots({ id, now, data }: World, content: FakeContent): void {
  const slot = (position: number, heading: string) => ({
    id: id(),
    imageType: position === 0 ? 'featured' : 'in_article',
    position,
    heading,
    prompt: `A calm, detailed picture of ${(heading || content.title).toLowerCase()}, warm daylight, no text.`,
    alt: heading === '' ? content.title : `${heading}, illustrated`,
    status: 'pending',
    errorCode: '',
    media: null,
    width: 1200,
    height: 675,
    bytes: 0,
    madeFrom: '',
    seed: null,
    cost: null,
  });
  const most = find(data.sites, siteOf(data, content.sectorId))?.inArticleImages ?? 0;
  const headings = content.sections.slice(0, most).map(({ heading }) => heading);
  content.images = [slot(0, ''), ...headings.map((heading, at) => slot(at + 1, heading))];
  content.updatedAt = now().toISOString();
}

/** Ids are articles, or single slots of those that are made anew or failed. A picture stays until the next is there. */
function images(world: World, { siteId, ids, regenerate, retry }: OperationRequest): Unit[] {
  const isOfSlots = regenerate === true || retry === true;
  const contents = contentsOf(world.data, siteId, isOfSlots ? [] : ids);
  const isWanted = ({ id, status }: FakeContent['images'][number]) => {
    if (retry === true) return status === 'failed' && isAsked(ids, id);
    return regenerate === true ? ids.includes(id) : status === 'pending';
  };
  return contents.flatMap((content) =>
    content.images.filter(isWanted).map((image) => ({
      name: image.heading === '' ? content.title : `${content.title}: ${image.heading}`,
      items: 1,
      contentId: content.id,
      fails: image.prompt.includes(CURSED),
      fail: (code) => Object.assign(image, { errorCode: code, status: image.media === null ? 'failed' : 'generated' }),
      save: () => {
        const { media, address, bytes } = pictureOf(image, content.title, world.id());
        world.data.pictures[media] = address;
        Object.assign(image, {
          media,
          bytes,
          status: 'generated',
          errorCode: '',
          seed: String(image.position + 1),
          cost: '0',
        });
        content.updatedAt = world.now().toISOString();
        const isIllustrated = content.images.every(({ status }) => status === 'generated');
        if (isIllustrated && content.status === 'draft') content.status = 'review';
        return 1;
      },
    })),
  );
}

function contentsOf(data: FakeData, siteId: string, ids: readonly string[]): FakeContent[] {
  return live(data.contents).filter((content) => siteOf(data, content.sectorId) === siteId && isAsked(ids, content.id));
}

/** No ids means all. */
function isAsked(ids: readonly string[], id: string): boolean {
  return ids.length === 0 || ids.includes(id);
}

function batches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
