/** Records as the rows of lists: names of what they belong to, counts, and states that follow from other records. */
import type {
  ClusterRow,
  ContentRow,
  FlawView,
  IdeaRow,
  ImageSetRow,
  KeywordRow,
  SiteView,
  TaskRow,
} from '../contract';
import type { FakeCluster, FakeContent, FakeData, FakeIdea, FakeKeyword, FakeSite, FakeTask } from './data';
import { DATA_DIR } from './data';
import { find, live } from './world';

/** Rows of a list know their site and sector, for its filters. */
export type Placed = { siteId: string | null; sectorId: string };

export function siteRow(data: FakeData, site: FakeSite): SiteView {
  const { removed: _removed, removedAt: _removedAt, ...fields } = site;
  const sectors = live(data.sectors).filter(({ siteId }) => siteId === site.id);
  const keywords = live(data.keywords);
  const counted = sectors.map(({ id, name }) => ({
    id,
    name,
    keywordCount: keywords.filter(({ sectorId }) => sectorId === id).length,
  }));
  const folder = site.url === '' ? `${DATA_DIR}/published/${site.id}` : site.url;
  return {
    ...fields,
    folder: site.kind === 'folder' ? folder : null,
    sectors: counted.sort((a, b) => a.name.localeCompare(b.name)),
    keywordCount: counted.reduce((sum, { keywordCount }) => sum + keywordCount, 0),
    publishedCount: live(data.contents).filter(
      (content) => content.delivery === 'published' && siteOf(data, content.sectorId) === site.id,
    ).length,
  };
}

export function keywordRows(data: FakeData): (KeywordRow & Placed)[] {
  const names = nameBook(data);
  return names.inSite(data.keywords).map((keyword) => keywordRow(keyword, names));
}

function keywordRow(keyword: FakeKeyword, names: NameBook): KeywordRow & Placed {
  const { removed: _removed, ...fields } = keyword;
  const cluster = names.cluster(keyword.clusterId);
  return {
    ...fields,
    siteId: names.site(keyword.sectorId),
    sector: names.sector(keyword.sectorId) ?? keyword.sector,
    clusterId: cluster === null ? null : keyword.clusterId,
    cluster,
    status: cluster === null ? 'new' : 'mapped',
  };
}

export function clusterRows(data: FakeData): (ClusterRow & Placed)[] {
  const names = nameBook(data);
  const [keywords, ideas, contents] = [
    grouped(live(data.keywords)),
    grouped(live(data.ideas)),
    grouped(live(data.contents)),
  ];
  return names.inSite(data.clusters).map((cluster: FakeCluster) => {
    const own = keywords.get(cluster.id) ?? [];
    const ideaCount = ideas.get(cluster.id)?.length ?? 0;
    return {
      id: cluster.id,
      name: cluster.name,
      description: cluster.description,
      sectorId: cluster.sectorId,
      sector: names.sector(cluster.sectorId) ?? '',
      siteId: names.site(cluster.sectorId),
      keywordCount: own.length,
      volume: own.reduce((sum, { volume }) => sum + (volume ?? 0), 0),
      ideaCount,
      contentCount: contents.get(cluster.id)?.length ?? 0,
      status: ideaCount === 0 ? 'new' : 'mapped',
      isDisabled: cluster.isDisabled,
      createdAt: cluster.createdAt,
    };
  });
}

export function ideaRows(data: FakeData): (IdeaRow & Placed)[] {
  const names = nameBook(data);
  return names.inSite(data.ideas).map((idea: FakeIdea) => {
    const { removed: _removed, ...fields } = idea;
    const cluster = names.cluster(idea.clusterId);
    const task = live(data.tasks).find(({ ideaId }) => ideaId === idea.id);
    const hasFailed = idea.status === 'queued' && task?.status === 'failed';
    return {
      ...fields,
      status: hasFailed ? 'failed' : idea.status,
      taskId: task?.id ?? null,
      errorCode: hasFailed ? task.errorCode : '',
      clusterId: cluster === null ? null : idea.clusterId,
      cluster,
      sector: names.sector(idea.sectorId) ?? '',
      siteId: names.site(idea.sectorId),
    };
  });
}

export function taskRows(data: FakeData): (TaskRow & Placed & { clusterId: string | null })[] {
  const names = nameBook(data);
  return names.inSite(data.tasks).map((task: FakeTask) => ({
    id: task.id,
    title: task.title,
    cluster: names.cluster(task.clusterId),
    clusterId: task.clusterId,
    sector: names.sector(task.sectorId) ?? '',
    sectorId: task.sectorId,
    siteId: names.site(task.sectorId),
    contentStructure: task.contentStructure,
    wordCountTarget: task.wordCountTarget,
    status: task.status,
    errorCode: task.errorCode,
    createdAt: task.createdAt,
  }));
}

/** Changed after it was read back from the site. */
export function isBehind({ delivery, receipt, updatedAt }: FakeContent): boolean {
  return delivery === 'published' && receipt !== null && updatedAt > receipt.at;
}

/** Its site has it as a post of the future. */
export function isHandedOver(data: FakeData, { delivery, sectorId }: FakeContent): boolean {
  const site = find(data.sites, siteOf(data, sectorId));
  return delivery === 'scheduled' && site?.kind === 'wordpress' && site.handOver === 'wordpress';
}

export type PlacedContent = ContentRow & Placed & { clusterId: string | null };

export function contentRows(data: FakeData): PlacedContent[] {
  const names = nameBook(data);
  return names.inSite(data.contents).map((content: FakeContent) => ({
    id: content.id,
    title: content.title,
    cluster: names.cluster(content.clusterId),
    clusterId: content.clusterId,
    sector: names.sector(content.sectorId) ?? '',
    sectorId: content.sectorId,
    siteId: names.site(content.sectorId),
    contentType: content.contentType,
    contentStructure: content.contentStructure,
    isOutline: content.isOutline,
    wordCount: wordCount(content),
    status: content.status,
    delivery: content.delivery,
    isEditedThere: data.conflicts[content.id] !== undefined,
    flaws: flawsOf(data, content),
    isImported: false,
    imagesTotal: content.images.length,
    imagesGenerated: content.images.filter(({ status }) => status === 'generated').length,
    imagesFailed: content.images.filter(({ status }) => status === 'failed').length,
    isBehind: isBehind(content),
    scheduledAt: content.scheduledAt ?? null,
    isHandedOver: isHandedOver(data, content),
    isUnsent: isBehind(content),
    missedAt: content.missedAt ?? null,
    waits: waitOf(data, content),
    failure: content.failure,
    externalUrl: content.receipt?.url ?? null,
    publishedAt: content.receipt?.at ?? null,
    createdAt: content.createdAt,
    updatedAt: content.updatedAt,
  }));
}

/** What keeps an article in review from being approved by itself, at a site that does so. */
export function flawsOf(data: FakeData, content: FakeContent): FlawView[] {
  const settings = data.publishing[siteOf(data, content.sectorId) ?? ''];
  if (content.status !== 'review' || settings?.autoApprove !== true) return [];
  const flaws: FlawView[] = [];
  const made = content.images.filter(({ status }) => status === 'generated').length;
  if (content.isOutline && !settings.takesOutlines) flaws.push({ flaw: 'outline', has: 0, wants: 0, other: '' });
  if (settings.needsPictures && (made === 0 || made < content.images.length))
    flaws.push({ flaw: 'pictures', has: made, wants: Math.max(1, content.images.length), other: '' });
  return flaws;
}

function waitOf(data: FakeData, { id, delivery, waits }: FakeContent) {
  if (delivery !== 'publishing' || data.onTheWay.has(id)) return null;
  return waits ?? { code: '', host: '', note: '', nextTryAt: null };
}

export function imageSetRows(data: FakeData): (ImageSetRow & Placed & { clusterId: string | null })[] {
  const names = nameBook(data);
  return names
    .inSite(data.contents)
    .filter(({ images }) => images.length > 0)
    .map((content) => ({
      id: content.id,
      title: content.title,
      status: content.status,
      images: content.images,
      updatedAt: content.updatedAt,
      sectorId: content.sectorId,
      siteId: names.site(content.sectorId),
      clusterId: content.clusterId,
    }));
}

export function siteOf(data: FakeData, sectorId: string): string | null {
  return find(data.sectors, sectorId)?.siteId ?? null;
}

function wordCount({ sections }: FakeContent): number {
  return sections.flatMap(({ paragraphs }) => paragraphs.join(' ').split(/\s+/)).length;
}

type NameBook = ReturnType<typeof nameBook>;

/** Names by id of what is not removed. A sector that is not known is of no site, and its records still count. */
function nameBook(data: FakeData) {
  const sites = new Set(live(data.sites).map(({ id }) => id));
  const sectors = new Map(data.sectors.map((sector) => [sector.id, sector]));
  const clusters = new Map(live(data.clusters).map((cluster) => [cluster.id, cluster.name]));
  const isGone = (sectorId: string) => {
    const sector = sectors.get(sectorId);
    return sector !== undefined && (sector.removed === true || !sites.has(sector.siteId));
  };
  return {
    site: (sectorId: string) => sectors.get(sectorId)?.siteId ?? null,
    sector: (sectorId: string) => sectors.get(sectorId)?.name ?? null,
    cluster: (clusterId: string | null) => (clusterId === null ? null : (clusters.get(clusterId) ?? null)),
    inSite: <Record extends { sectorId: string; removed?: boolean }>(records: readonly Record[]) =>
      live(records).filter(({ sectorId }) => !isGone(sectorId)),
  };
}

function grouped<Record extends { clusterId: string | null }>(records: readonly Record[]): Map<string, Record[]> {
  const groups = new Map<string, Record[]>();
  for (const record of records) {
    if (record.clusterId === null) continue;
    const group = groups.get(record.clusterId);
    if (group === undefined) groups.set(record.clusterId, [record]);
    else group.push(record);
  }
  return groups;
}
