/** The models page over the host in memory: what ends, what does what, prices with their history, and both themes. */
import AxeBuilder from '@axe-core/playwright';
import { expect, SCHEMES, test } from './page';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('a model that ends is switched in one step, and a function gets a model of its own', async ({ page }) => {
  await page.goto('/?data=past#/models');
  const radar = page.getByRole('region', { name: 'Ending soon' });
  await expect(radar.getByText(/^GPT-5 ends on/)).toBeVisible();
  await radar.getByRole('button', { name: 'Switch to GPT-6.1 Terra' }).click();
  await expect(radar.getByText('No model in use ends within thirty days.')).toBeVisible();

  const ideas = page.getByRole('combobox', { name: 'Model for Find ideas, Live' });
  await ideas.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Terra');
  await page.getByRole('option', { name: 'GPT-6.1 Terra · openai' }).click();
  await expect(ideas).toHaveValue('GPT-6.1 Terra · openai');
});

/** The window's own search is read behind the page's, so that what stands last in the page's needs an end. */
test('a model is found by keys, given a new price, tried and kept with its history', async ({ page }) => {
  await page.goto('/?data=past&pace=0#/models?tab=catalogue&');
  await expect(page.getByRole('gridcell', { name: 'GPT Image 2', exact: true })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('terra');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('searchbox').blur();
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  const form = page.getByRole('dialog', { name: 'New price for GPT-6.1 Terra' });
  await form.getByRole('textbox', { name: 'Tokens read' }).fill('0.003');
  await form.getByRole('button', { name: 'Save the new price' }).click();
  await expect(page.getByText('The new price of GPT-6.1 Terra counts from now on.')).toBeVisible();

  await page.getByRole('row').last().click();
  const details = page.getByRole('dialog', { name: 'GPT-6.1 Terra' });
  const prices = details.getByRole('region', { name: 'Prices over time' });
  await expect(prices.getByRole('cell', { name: '$0.003' })).toBeVisible();
  await expect(prices.getByRole('cell', { name: '$0.001' })).toBeVisible();
  await details.getByRole('button', { name: /^Try the model/ }).click();
  await expect(details.getByRole('region', { name: 'Answer' }).getByText(/tokens read/)).toBeVisible();
});

for (const colorScheme of SCHEMES) {
  test(`a provider that was tested, and what an image model can be asked for, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/?data=past#/models?tab=providers&');
    await page.getByRole('button', { name: 'Test openai' }).click();
    await expect(page.getByText('There, and takes the key')).toBeVisible();
    await page.screenshot({ path: `test-results/look/models-tested-${colorScheme}.png` });
    const tested = await new AxeBuilder({ page }).analyze();
    expect(tested.violations.map(({ id }) => id)).toEqual([]);

    await page.goto('/?data=past#/models?tab=catalogue&open=%226%22&');
    await page.getByRole('button', { name: 'New price' }).click();
    const form = page.getByRole('dialog', { name: 'New price for GPT Image 2' });
    await form.getByText('A range of sides').click();
    await form.getByRole('textbox', { name: 'Longest side in pixels' }).scrollIntoViewIfNeeded();
    await page.screenshot({ path: `test-results/look/models-abilities-${colorScheme}.png` });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  });

  for (const [name, address, ready] of [
    ['models', '/?data=past#/models', 'Which model does what'],
    ['models-catalogue', '/?data=past#/models?tab=catalogue&', 'GPT Image 2'],
    ['models-details', '/?data=past#/models?tab=catalogue&open=%224%22&', 'Prices over time'],
    ['models-providers', '/?data=past#/models?tab=providers&', 'openai'],
    ['models-first', '/?data=empty#/models?tab=providers&', 'Built-in engine'],
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
