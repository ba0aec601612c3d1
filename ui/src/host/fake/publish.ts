/** Publishing in memory: on its way for a moment, then read back with a receipt, or failed with a code. */
import type { ReceiptField, ReceiptView } from '../contract';
import type { FakeContent, FakeSite } from './data';
import { siteOf } from './rows';
import { find, notify, type World } from './world';

/** Steps of background work that a delivery takes. */
const STEPS = 4;

export async function publish(world: World, content: FakeContent): Promise<void> {
  const site = find(world.data.sites, siteOf(world.data, content.sectorId));
  if (site === undefined) return;
  content.delivery = 'publishing';
  world.data.onTheWay.add(content.id);
  world.touch('contents', 'publications');
  for (let step = 0; step < STEPS; step += 1) await world.pace();
  const failure = site.connection === 'failed' ? site.connectionCode : '';
  const about = { siteId: site.id, relatedType: 'content', relatedId: content.id };
  const title = { name: 'title', value: content.title };
  const host = hostOf(site.url);
  content.failure = failure === '' ? null : { code: failure, host, note: '' };
  content.updatedAt = world.now().toISOString();
  world.data.onTheWay.delete(content.id);
  if (failure === '') {
    content.delivery = 'published';
    content.receipt = receipt(content, site, world.now().toISOString());
    const params = [title, { name: 'url', value: content.receipt.url }];
    notify(world, { ...about, notificationType: 'content_published', severity: 'success', params });
  } else {
    content.delivery = 'failed';
    const params = [
      title,
      { name: 'host', value: host },
      { name: 'code', value: failure },
      { name: 'note', value: '' },
    ];
    notify(world, { ...about, notificationType: 'publish_failed', severity: 'error', params });
  }
  world.touch('contents', 'publications', 'sites');
}

/** How the site is called in a sentence: its host, or the path of its folder. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** What was sent against what was read back; sites like to change a little. */
export function receipt(content: FakeContent, site: FakeSite, at: string): ReceiptView {
  const same = (field: string, value: string): ReceiptField => ({
    field,
    verdict: 'as_sent',
    sent: value,
    found: value,
  });
  const featured = content.images.find(({ imageType, status }) => imageType === 'featured' && status === 'generated');
  return {
    url: site.kind === 'folder' ? `${site.url}/${content.slug}.html` : `${site.url}/${content.slug}/`,
    externalId: content.id,
    at,
    fields: [
      same('title', content.title),
      same('slug', content.slug),
      same('status', 'publish'),
      same('categories', content.categories.join(', ')),
      same('tags', content.tags.join(', ')),
      ...(featured === undefined ? [] : [same('featured_image', 'image'), same('alt', featured.alt)]),
      same('excerpt', content.excerpt),
      { field: 'body', verdict: 'changed', sent: '12 blocks', found: '12 blocks, class names added' },
    ],
  };
}
