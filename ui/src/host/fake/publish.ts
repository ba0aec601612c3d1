/** Publishing in memory: on its way for a moment, then read back with a receipt, or failed with a code. */
import type { ReceiptField, ReceiptView } from '../contract';
import type { FakeContent, FakeSite } from './data';
import { siteOf } from './rows';
import { find, notify, type World } from './world';

/** Steps of background work that a delivery takes. */
const STEPS = 4;

/** How long a delivery waits for a site that does not answer. */
const RETRY_MS = 300_000;

/** What became of a post that is missing on its site; these are answered until a new post is asked for. */
const MISSING: readonly string[] = ['post_trashed', 'post_gone', 'post_replaced', 'post_elsewhere', 'post_namesake'];

export async function publish(world: World, content: FakeContent, anew: boolean): Promise<void> {
  const site = find(world.data.sites, siteOf(world.data, content.sectorId));
  if (site === undefined) return;
  content.delivery = 'publishing';
  content.waits = null;
  delete content.discarded;
  world.data.onTheWay.add(content.id);
  world.touch('contents', 'publications');
  for (let step = 0; step < STEPS; step += 1) await world.pace();
  const missing = !anew && MISSING.includes(content.failure?.code ?? '') ? (content.failure?.code ?? '') : '';
  const failure = site.connection === 'failed' ? site.connectionCode : missing;
  const about = { siteId: site.id, relatedType: 'content', relatedId: content.id };
  const title = { name: 'title', value: content.title };
  const host = hostOf(site.url);
  if (failure === 'unreachable') {
    // It is tried again by itself.
    const nextTryAt = new Date(world.now().getTime() + RETRY_MS).toISOString();
    Object.assign(content, { failure: null, waits: { code: failure, host, note: '', nextTryAt } });
    world.data.onTheWay.delete(content.id);
    return world.touch('contents', 'publications');
  }
  const postIsMissing = MISSING.includes(failure);
  content.failure = failure === '' ? null : { code: failure, host, note: '', postIsMissing };
  if (postIsMissing) content.receipt = null;
  content.updatedAt = world.now().toISOString();
  world.data.onTheWay.delete(content.id);
  if (failure === '') {
    content.delivery = 'published';
    content.receipt = receipt(content, site, world.now().toISOString());
    const params = [title, { name: 'url', value: content.receipt.url }];
    notify(world, { ...about, notificationType: 'content_published', severity: 'success', params });
  } else {
    // What the site has from before is still there.
    const isLive = content.receipt !== null;
    content.delivery = isLive ? 'published' : 'failed';
    const params = [
      title,
      { name: 'host', value: host },
      { name: 'code', value: failure },
      { name: 'note', value: '' },
    ];
    const notice = isLive ? ['update_failed', 'warning'] : ['publish_failed', 'error'];
    notify(world, { ...about, notificationType: notice[0] ?? '', severity: notice[1] ?? '', params });
  }
  world.touch('contents', 'publications', 'sites');
}

/** How the site is called in a sentence: its host, or the path of its folder. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Whether a post of the site has no place for its description but the excerpt. */
function isDescribedInExcerpt({ kind, probe }: FakeSite): boolean {
  return kind !== 'folder' && probe?.seoPaths.find(({ postType }) => postType === 'post')?.way !== 'yoast_fields';
}

/** What is for search results, where the site has a place for it. */
function forSearches({ metaTitle, metaDescription }: FakeContent, site: FakeSite): ReceiptField[] {
  const inFields = !isDescribedInExcerpt(site);
  const found = inFields ? metaTitle : '';
  return [
    {
      field: 'meta_title',
      verdict: inFields ? 'as_sent' : 'dropped',
      note: inFields ? '' : 'no_field',
      sent: metaTitle,
      found,
    },
    {
      field: 'meta_description',
      verdict: 'as_sent',
      note: inFields ? '' : 'as_excerpt',
      sent: metaDescription,
      found: metaDescription,
    },
  ];
}

/** What was sent against what was read back; sites like to change a little. */
export function receipt(content: FakeContent, site: FakeSite, at: string): ReceiptView {
  const same = (field: string, value: string): ReceiptField => ({
    field,
    verdict: 'as_sent',
    note: '',
    sent: value,
    found: value,
  });
  const featured = content.images.find(({ imageType, status }) => imageType === 'featured' && status === 'generated');
  return {
    url: site.kind === 'folder' ? `${site.url}/${content.slug}.html` : `${site.url}/${content.slug}/`,
    externalId: content.id,
    version: content.version,
    at,
    fields: [
      same('title', content.title),
      same('slug', content.slug),
      same('date', at),
      same('status', 'publish'),
      ...(site.kind === 'folder' ? [] : [same('author', site.userName)]),
      isDescribedInExcerpt(site)
        ? { ...same('excerpt', content.excerpt), verdict: 'changed', note: 'gave_way', found: content.metaDescription }
        : same('excerpt', content.excerpt),
      same('categories', content.categories.join(', ')),
      same('tags', content.tags.join(', ')),
      { field: 'body', verdict: 'changed', note: '', sent: '5f1c09ab77e2d310', found: '90c4b1de2f6a8e15' },
      ...(featured === undefined ? [] : [same('featured_image', `${content.slug}.webp`), same('alt', featured.alt)]),
      ...forSearches(content, site),
    ],
  };
}
