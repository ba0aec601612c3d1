/** Every page and every state of the kit, in both themes: photographed, free of accessibility faults, silent. */
import AxeBuilder from '@axe-core/playwright';
import { expect, SCHEMES, test } from './page';

const VIEWS = [
  { name: 'published', address: '/#/published', ready: 'How to prune an apple tree in winter' },
  { name: 'outbox', address: '/#/outbox', ready: 'Needs you' },
  { name: 'settings', address: '/#/settings', ready: 'While nobody watches' },
  { name: 'settings-notifications', address: '/#/settings?tab=notifications', ready: 'Quiet hours' },
  { name: 'calendar-no-site', address: '/?data=empty#/calendar', ready: 'Add a site' },
  { name: 'help', address: '/#/help', ready: 'Help' },
  { name: 'not-found', address: '/#/no/such/page', ready: '404' },
  { name: 'first-start', address: '/?data=empty#/', ready: 'Try the sample workspace' },
  { name: 'kit-table', address: '/tests/gallery/index.html?part=table', ready: 'Thriving' },
  { name: 'kit-empty', address: '/tests/gallery/index.html?part=empty', ready: 'Add a plant' },
  { name: 'kit-failed', address: '/tests/gallery/index.html?part=failed', ready: 'The garden could not be read.' },
  { name: 'kit-pieces', address: '/tests/gallery/index.html?part=pieces', ready: 'Pieces' },
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
