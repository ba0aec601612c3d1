/** The pages of the writer and the account in both themes: photographed, free of accessibility faults, silent. */
import AxeBuilder from '@axe-core/playwright';
import { expect, SCHEMES, test } from './page';

const VIEWS = [
  { name: 'drafts', address: '/#/drafts', ready: 'Which pruning saw to buy, and how to keep it sharp' },
  { name: 'drafts-empty', address: '/?data=empty#/drafts', ready: 'Add a site' },
  { name: 'queue', address: '/#/drafts?tab=queue', ready: 'Queued' },
  { name: 'article', address: '/#/articles/601', ready: 'What it comes down to' },
  { name: 'article-edit', address: '/#/articles/601?open=edit', ready: 'Edit article' },
  { name: 'article-gone', address: '/#/articles/1', ready: 'The article is not there any more.' },
  { name: 'conflict', address: '/?edited=601#/articles/601/conflict', ready: 'Dig in grit, never sand.' },
  { name: 'conflict-none', address: '/#/articles/601/conflict', ready: 'Nothing is to be decided about this article.' },
  { name: 'images', address: '/#/images', ready: 'In the article' },
  { name: 'review', address: '/#/review', ready: 'Outline' },
  { name: 'approved', address: '/#/review?tab=approved', ready: 'Old apple trees: a cut over three winters' },
  { name: 'credits', address: '/#/credits', ready: 'The books balance' },
  { name: 'ai-tasks', address: '/#/operations', ready: 'Cluster keywords' },
  { name: 'notifications', address: '/#/notifications', ready: 'Needs you' },
] as const;

for (const colorScheme of SCHEMES) {
  for (const { name, address, ready } of VIEWS) {
    test(`${name} in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(address);
      await expect(page.getByText(ready, { exact: true }).first()).toBeVisible();
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: `test-results/look/${name}-${colorScheme}.png` });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    });
  }
}
