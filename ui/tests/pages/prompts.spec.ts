/** The prompts page over the host in memory: words typed and kept, shown with data, tried, and looked at in both themes. */
import AxeBuilder from '@axe-core/playwright';
import { expect, SCHEMES, test } from './page';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('words are typed, kept by the keyboard, tried and put back', async ({ page }) => {
  await page.goto('/?pace=0#/prompts');
  const words = page.getByRole('textbox', { name: 'Words of “Clustering”' });
  await words.fill('Group by need, for {{ site_name }}.');
  const preview = page.getByRole('region', { name: 'What is sent' });
  await expect(preview.getByText('Group by need, for Field Notes.')).toBeVisible();
  await words.press('Control+s');
  await expect(page.getByText('Saved. It is asked with these words from now on.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Clustering Yours' })).toBeVisible();

  await preview.getByRole('button', { name: /^Try it once/ }).click();
  await expect(page.getByRole('region', { name: 'Answer' }).getByText('An answer to look at')).toBeVisible();

  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page.getByRole('button', { name: 'Clustering', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Clustering Yours' })).toBeVisible();
});

test('the list is walked and opened by keys, and unsaved words are asked about', async ({ page }) => {
  await page.goto('/#/prompts');
  await page.getByRole('button', { name: 'Clustering', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const words = page.getByRole('textbox', { name: 'Words of “Ideas”' });
  await words.pressSequentially('And more. ');
  await page.getByRole('button', { name: 'Guide', exact: true }).click();
  const asked = page.getByRole('dialog', { name: 'These words are not saved' });
  await page.keyboard.press('Escape');
  await expect(asked).toBeHidden();
  await expect(words).toBeVisible();
  await page.getByRole('button', { name: 'Guide', exact: true }).click();
  await asked.getByRole('button', { name: 'Discard and leave' }).click();
  await expect(page.getByRole('textbox', { name: 'Words of “Guide”' })).toBeVisible();
});

for (const colorScheme of SCHEMES) {
  for (const [name, address, ready] of [
    ['prompts', '/#/prompts?open=%22content_guide%22', 'What is sent'],
    ['prompts-voice', '/#/prompts?tab=voice', 'Add an author'],
  ] as const) {
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
