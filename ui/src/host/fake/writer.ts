/** Tasks, articles and images in memory: reading, editing, the steps of review, and publishing with a receipt. */
import type { Changed, Commands, ContentEdit, ContentEdited, ContentView, ReceiptView, Selection } from '../contract';
import { articleHtml } from './articles';
import type { FakeContent, FakeData, FakeTask } from './data';
import { pageOf } from './list';
import { changeAll, idsOf, invalid, restore } from './planner';
import { publish, receipt } from './publish';
import { contentRows, imageSetRows, isBehind, isHandedOver, siteOf, taskRows } from './rows';
import { CONTENTS, IMAGE_SETS, TASKS } from './rules';
import { decimal, fail, find, live, missing, ok, type World } from './world';

type WriterCommand =
  | 'tasks'
  | 'tasksRemove'
  | 'tasksRestore'
  | 'contents'
  | 'content'
  | 'contentUpdate'
  | 'contentsSendToReview'
  | 'contentsApprove'
  | 'contentsSendBack'
  | 'contentsRemove'
  | 'contentsRestore'
  | 'contentsPublish'
  | 'imageSets'
  | 'imageUpdate'
  | 'imagesRemove'
  | 'imagesRestore'
  | 'receiptExport';

const FIELDS = [
  ['title', 'title'],
  ['slug', 'slug'],
  ['excerpt', 'excerpt'],
  ['metaTitle', 'meta_title'],
  ['metaDescription', 'meta_description'],
  ['tags', 'tags'],
  ['categories', 'categories'],
] as const satisfies readonly (readonly [keyof ContentEdit, string])[];

export function writerCommands(world: World): Pick<Commands, WriterCommand> {
  const { data, touch } = world;
  const step = (from: readonly string[], to: (content: FakeContent) => string) => async (selection: Selection) =>
    ok(moved(world, selection, from, to));
  return {
    tasks: async (query) => pageOf(taskRows(data), query, TASKS),
    tasksRemove: async (selection) => {
      const ids = idsOf(taskRows(data), selection, TASKS);
      const open = live(data.tasks).filter(({ id, status }) => ids.has(id) && status !== 'completed');
      return ok(setQueued(world, open, false));
    },
    tasksRestore: async (ids) => {
      const free = data.tasks.filter((task) => task.removed === true && ids.includes(task.id));
      setQueued(world, free, true);
      return ok(null);
    },
    contents: async (query) => pageOf(contentRows(data), query, CONTENTS),
    content: async (id) => {
      const view = contentView(world, id);
      return view === null ? missing('content') : ok(view);
    },
    contentUpdate: async (id, edit) => {
      const content = find(data.contents, id);
      if (content === undefined) return missing('content');
      if (edit.title.trim() === '') return fail(invalid('title', 'required'));
      if (!/^[a-z0-9-]+$/.test(edit.slug)) return fail(invalid('slug', 'format'));
      const edited = changesOf(content, edit);
      if (edited.fields.length > 0) Object.assign(content, edit, { updatedAt: world.now().toISOString() });
      touch('contents', 'images');
      return ok(edited);
    },
    contentsSendToReview: step(['draft'], () => 'review'),
    contentsApprove: step(['review'], () => 'approved'),
    contentsSendBack: async (selection) => {
      const ids = idsOf(contentRows(data), selection, CONTENTS);
      const timed = live(data.contents).filter(({ id, delivery }) => ids.has(id) && delivery === 'scheduled');
      const times = timed.map(({ id, scheduledAt }) => ({ id, at: scheduledAt ?? null }));
      for (const content of timed) Object.assign(content, { delivery: 'not_published', scheduledAt: null });
      const back = ({ status }: FakeContent) => (status === 'approved' ? 'review' : 'draft');
      return ok({ ...moved(world, selection, ['review', 'approved'], back), times });
    },
    contentsRemove: async (selection) => {
      const found = changeAll(data.contents, idsOf(contentRows(data), selection, CONTENTS), { removed: true });
      touch('contents', 'images');
      return ok(found);
    },
    contentsRestore: async (ids) => restore(world, data.contents, ids, 'contents', 'images'),
    contentsPublish: (selection, anew, key) =>
      world.once(key, async () => {
        const ids = idsOf(contentRows(data), selection, CONTENTS);
        const ready = live(data.contents).filter(
          (content) =>
            ids.has(content.id) &&
            content.status === 'approved' &&
            (content.delivery !== 'published' || isBehind(content)) &&
            !data.onTheWay.has(content.id),
        );
        if (ready.length === 0) return fail({ code: 'NothingToDo' });
        void publishAll(world, ready, anew);
        return ok({ ids: ready.map(({ id }) => id) });
      }),
    imageSets: async (query) => pageOf(imageSetRows(data), query, IMAGE_SETS),
    imageUpdate: async (id, prompt, alt) => {
      const content = live(data.contents).find(({ images }) => images.some((image) => image.id === id));
      const image = content?.images.find((slot) => slot.id === id);
      if (content === undefined || image === undefined) return missing('image');
      Object.assign(image, { prompt, alt });
      content.updatedAt = world.now().toISOString();
      touch('images', 'contents');
      return ok(null);
    },
    imagesRemove: async (ids) => {
      for (const content of data.contents)
        for (const image of content.images.filter(({ id }) => ids.includes(id)))
          content.removedImages = [...(content.removedImages ?? []), image];
      for (const content of data.contents) content.images = content.images.filter(({ id }) => !ids.includes(id));
      touch('images', 'contents');
      return ok({ ids });
    },
    imagesRestore: async (ids) => {
      for (const content of data.contents) {
        const back = (content.removedImages ?? []).filter(({ id }) => ids.includes(id));
        content.removedImages = (content.removedImages ?? []).filter(({ id }) => !ids.includes(id));
        content.images = [...content.images, ...back].sort((a, b) => a.position - b.position);
      }
      touch('images', 'contents');
      return ok(null);
    },
    receiptExport: async (id) => {
      const view = contentView(world, id);
      if (view === null) return missing('content');
      return ok({ path: '/home/you/igny8-receipt.csv', entries: view.receipt?.fields.length ?? 0 });
    },
  };
}

/** Puts tasks into the queue or takes them out; their ideas follow. */
function setQueued({ data, touch }: World, tasks: readonly FakeTask[], isQueued: boolean): Changed {
  for (const task of tasks) {
    task.removed = !isQueued;
    const idea = data.ideas.find(({ id }) => id === task.ideaId);
    if (idea !== undefined) idea.status = isQueued ? 'queued' : 'new';
  }
  touch('tasks', 'ideas');
  return { ids: tasks.map(({ id }) => id) };
}

/** Moves the chosen articles that are in one of the states; answers which. */
function moved(
  world: World,
  selection: Selection,
  from: readonly string[],
  to: (content: FakeContent) => string,
): Changed {
  const { data, touch, now } = world;
  const ids = idsOf(contentRows(data), selection, CONTENTS);
  const found = live(data.contents).filter(
    ({ id, status, delivery }) => ids.has(id) && from.includes(status) && !isDelivered(delivery),
  );
  for (const content of found) {
    // Who is sent back loses the time.
    if (content.delivery === 'scheduled') Object.assign(content, { delivery: 'not_published', scheduledAt: null });
    Object.assign(content, { status: to(content), updatedAt: now().toISOString() });
  }
  touch('contents', 'images');
  return { ids: found.map(({ id }) => id) };
}

/** On the site or on its way there; what is cannot be pulled back under the delivery's feet. */
function isDelivered(delivery: string): boolean {
  return delivery === 'publishing' || delivery === 'published';
}

/** One after the other. */
async function publishAll(world: World, contents: readonly FakeContent[], anew: boolean): Promise<void> {
  for (const content of contents) await publish(world, content, anew);
}

/** The fields that an edit changes, and how many pictures still to be made name the title in their alternatives. */
function changesOf(content: FakeContent, edit: ContentEdit): ContentEdited {
  const isChanged = (name: keyof ContentEdit) => String(content[name]) !== String(edit[name]);
  const fields = FIELDS.filter(([name]) => isChanged(name)).map(([, word]) => word);
  const toBeMade = content.images.filter(({ status }) => isChanged('title') && status !== 'generated');
  const named = toBeMade.filter(({ alt }) => alt.includes(content.title));
  for (const image of named) image.alt = image.alt.replace(content.title, edit.title);
  return { fields, alts: named.length };
}

function contentView({ data }: World, id: string): ContentView | null {
  const spent = data.usage.filter(({ contentId }) => contentId === id);
  const content = find(data.contents, id);
  const row = contentRows(data).find((candidate) => candidate.id === id);
  if (content === undefined || row === undefined) return null;
  const { siteId: _siteId, sectorId: _sectorId, clusterId: _clusterId, ...shown } = row;
  return {
    row: shown,
    siteId: siteOf(data, content.sectorId) ?? '',
    slug: content.slug,
    excerpt: content.excerpt,
    metaTitle: content.metaTitle,
    metaDescription: content.metaDescription,
    primaryKeyword: content.keywords[0] ?? '',
    secondaryKeywords: content.keywords.slice(1),
    tags: content.tags,
    categories: content.categories,
    html: articleHtml(content),
    images: content.images,
    version: content.version,
    receipt: row.externalUrl === null ? null : content.receipt,
    handOver: handOverOf(data, content),
    zone: find(data.sites, siteOf(data, content.sectorId))?.zone ?? 'UTC',
    credits: decimal(spent.reduce((sum, { credits }) => sum + credits, 0)),
    cost: decimal(spent.reduce((sum, { cost }) => sum + cost, 0)),
  };
}

/** The proof that the site has it as a post of the future. */
function handOverOf(data: FakeData, content: FakeContent): ReceiptView | null {
  const site = find(data.sites, siteOf(data, content.sectorId));
  if (site === undefined || !isHandedOver(data, content)) return null;
  const at = content.scheduledAt ?? content.updatedAt;
  const whole = receipt(content, site, at);
  const fields = whole.fields.map((field) =>
    field.field === 'status' ? { ...field, sent: 'future', found: 'future' } : field,
  );
  return { ...whole, at: content.updatedAt, fields };
}
