/** Keywords, clusters and ideas in memory: lists, edits, removing and putting back. */
import type { Changed, Commands, Fault, Selection, Topic, TopicRepeat } from '../contract';
import { chosen, facetsOf, type ListRules, pageOf } from './list';
import { clusterRows, contentRows, ideaRows, imageSetRows, keywordRows, siteOf, taskRows } from './rows';
import { CLUSTERS, CONTENTS, IDEAS, IMAGE_SETS, KEYWORDS, TASKS } from './rules';
import { fail, find, live, missing, ok, type World } from './world';

const WORDS_MIN = 100;
const WORDS_MAX = 10_000;

type KeywordCommand =
  | 'keywords'
  | 'keywordUpdate'
  | 'keywordsRemove'
  | 'keywordsRestore'
  | 'keywordsSetDisabled'
  | 'keywordsMove';
type ClusterCommand = 'clusters' | 'clusterUpdate' | 'clustersRemove' | 'clustersRestore' | 'clustersSetDisabled';
type IdeaCommand = 'ideas' | 'ideaUpdate' | 'ideasQueue' | 'ideasRemove' | 'ideasRestore';

export function plannerCommands(
  world: World,
): Pick<Commands, KeywordCommand | ClusterCommand | IdeaCommand | 'facets' | 'topicRepeats'> {
  const { data } = world;
  return {
    ...keywordCommands(world),
    ...clusterCommands(world),
    ...ideaCommands(world),
    topicRepeats: async (siteId) => ok(repeatsOf(world, siteId)),
    facets: async (list, filter) => {
      switch (list) {
        case 'keywords':
          return ok(facetsOf(keywordRows(data), filter, KEYWORDS));
        case 'clusters':
          return ok(facetsOf(clusterRows(data), filter, CLUSTERS));
        case 'ideas':
          return ok(facetsOf(ideaRows(data), filter, IDEAS));
        case 'tasks':
          return ok(facetsOf(taskRows(data), filter, TASKS));
        case 'contents':
          return ok(facetsOf(contentRows(data), filter, CONTENTS));
        case 'images':
          return ok(facetsOf(imageSetRows(data), filter, IMAGE_SETS));
      }
    },
  };
}

/** Ideas that are called as an article of their site is. */
function repeatsOf({ data }: World, siteId: string): TopicRepeat[] {
  const articles = live(data.contents).filter(({ sectorId }) => siteOf(data, sectorId) === siteId);
  return ideaRows(data).flatMap(({ id, title, status }) => {
    const same = articles.find((article) => article.title === title);
    if (same === undefined || status === 'completed') return [];
    const found = { articleId: same.id, title: same.title, url: null, isImported: false };
    return [{ item: 'idea', id, likeness: 'title', ...found }];
  });
}

function keywordCommands(world: World): Pick<Commands, KeywordCommand> {
  const { data, touch } = world;
  const ids = (selection: Selection) => idsOf(keywordRows(data), selection, KEYWORDS);
  const set = (selection: Selection, change: object) => {
    const found = changeAll(data.keywords, ids(selection), change);
    touch('keywords', 'clusters');
    return ok(found);
  };
  return {
    keywords: async (query) => pageOf(keywordRows(data), query, KEYWORDS),
    keywordUpdate: async (id, edit) => {
      const keyword = find(data.keywords, id);
      if (keyword === undefined) return missing('keyword');
      if (edit.difficulty !== null && edit.difficulty > 100) return fail(invalid('difficulty', 'range'));
      Object.assign(keyword, edit);
      touch('keywords');
      return ok(null);
    },
    keywordsRemove: async (selection) => set(selection, { removed: true }),
    keywordsRestore: async (restored) => restore(world, data.keywords, restored, 'keywords', 'clusters'),
    keywordsSetDisabled: async (selection, isDisabled) => set(selection, { isDisabled }),
    keywordsMove: async (selection, clusterId) =>
      find(data.clusters, clusterId) === undefined ? missing('cluster') : set(selection, { clusterId }),
  };
}

function clusterCommands(world: World): Pick<Commands, ClusterCommand> {
  const { data, touch } = world;
  const ids = (selection: Selection) => idsOf(clusterRows(data), selection, CLUSTERS);
  const set = (selection: Selection, change: object) => {
    const found = changeAll(data.clusters, ids(selection), change);
    touch('clusters', 'keywords', 'ideas');
    return ok(found);
  };
  return {
    clusters: async (query) => pageOf(clusterRows(data), query, CLUSTERS),
    clusterUpdate: async (id, name, description) => {
      const cluster = find(data.clusters, id);
      if (cluster === undefined) return missing('cluster');
      if (name.trim() === '') return fail(invalid('name', 'required'));
      Object.assign(cluster, { name: name.trim(), description });
      touch('clusters', 'keywords', 'ideas');
      return ok(null);
    },
    clustersRemove: async (selection) => set(selection, { removed: true }),
    clustersRestore: async (restored) => restore(world, data.clusters, restored, 'clusters', 'keywords', 'ideas'),
    clustersSetDisabled: async (selection, isDisabled) => set(selection, { isDisabled }),
  };
}

function ideaCommands(world: World): Pick<Commands, IdeaCommand> {
  const { data, touch } = world;
  const ids = (selection: Selection) => idsOf(ideaRows(data), selection, IDEAS);
  /** The task of an idea goes and comes with it. */
  const moveTasks = (ideas: readonly string[], removed: boolean) => {
    for (const task of data.tasks) if (ideas.includes(task.ideaId ?? '')) task.removed = removed;
  };
  return {
    ideas: async (query) => pageOf(ideaRows(data), query, IDEAS),
    ideaUpdate: async (id, edit) => {
      const idea = find(data.ideas, id);
      if (idea === undefined) return missing('idea');
      if (edit.title.trim() === '') return fail(invalid('title', 'required'));
      if (edit.wordCountTarget < WORDS_MIN || edit.wordCountTarget > WORDS_MAX)
        return fail(invalid('wordCountTarget', 'range'));
      Object.assign(idea, edit);
      touch('ideas');
      return ok(null);
    },
    ideasQueue: async (selection) => ok(queueIdeas(world, [...ids(selection)])),
    ideasRemove: async (selection) => {
      const found = changeAll(data.ideas, ids(selection), { removed: true });
      moveTasks(found.ids, true);
      touch('ideas', 'clusters', 'tasks');
      return ok(found);
    },
    ideasRestore: async (restored) => {
      moveTasks(restored, false);
      return restore(world, data.ideas, restored, 'ideas', 'clusters', 'tasks');
    },
  };
}

/** Makes a task of each new idea that is not left out; answers the ids of the tasks. */
export function queueIdeas(world: World, ids: readonly string[]): Changed {
  const { data } = world;
  const wanted = new Set(ids);
  const queued = data.ideas.filter(({ id, status, isDisabled }) => wanted.has(id) && status === 'new' && !isDisabled);
  const tasks = queued.map((idea) => {
    idea.status = 'queued';
    const id = world.id();
    data.tasks.push({
      id,
      ideaId: idea.id,
      sectorId: idea.sectorId,
      clusterId: idea.clusterId,
      title: idea.title,
      contentStructure: idea.contentStructure,
      wordCountTarget: idea.wordCountTarget,
      status: 'queued',
      errorCode: '',
      createdAt: world.now().toISOString(),
    });
    return id;
  });
  world.touch('ideas', 'tasks');
  return { ids: tasks };
}

/** Ids of the rows an action is for. */
export function idsOf<Row extends { id: string }>(
  rows: readonly Row[],
  selection: Selection,
  rules: ListRules<Row>,
): ReadonlySet<string> {
  return new Set(chosen(rows, selection, rules).map(({ id }) => id));
}

/** Changes the records with these ids; answers which. */
export function changeAll<Record extends { id: string }>(
  records: readonly Record[],
  ids: ReadonlySet<string>,
  change: object,
): Changed {
  const found = records.filter(({ id }) => ids.has(id));
  for (const record of found) Object.assign(record, change);
  return { ids: found.map(({ id }) => id) };
}

/** Puts removed records back. */
export function restore(
  world: World,
  records: readonly { id: string; removed?: boolean }[],
  ids: readonly string[],
  ...topics: Topic[]
) {
  changeAll(records, new Set(ids), { removed: false });
  world.touch(...topics);
  return ok(null);
}

export function invalid(field: string, rule: string): Fault {
  return { code: 'InvalidField', detail: { field, rule } };
}
