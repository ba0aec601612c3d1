/** The keywords page over the host in memory: finding, choosing, taking back, importing, and clustering at a price. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, SCHEMES, test } from './page';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('filters cascade, the search narrows, a heading sorts, and the address keeps it all', async ({ page }) => {
  await open(page);
  const total = await count(page);
  await page.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: 'New' }).click();
  await expect.poll(() => count(page)).toBeLessThan(total);
  await page.getByRole('combobox', { name: 'Cluster' }).click();
  await expect(page.getByRole('option')).toHaveText(['All clusters']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('combobox', { name: 'Difficulty' }).click();
  await page.getByRole('option', { name: 'Hard', exact: true }).click();
  await expect(page.getByText('Nothing matches these filters.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await page.getByRole('searchbox').fill('compost');
  await expect.poll(() => count(page)).toBe(5);
  await page.getByRole('columnheader', { name: 'Keyword' }).getByRole('button').click();
  await expect(rows(page).first()).toContainText('compost bin vs compost heap');
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('compost');
  await expect.poll(() => count(page)).toBe(5);
  await expect(rows(page).first()).toContainText('compost bin vs compost heap');
});

test('a sector narrows the list and what the button clusters', async ({ page }) => {
  await open(page);
  await expect(page.getByRole('button', { name: /^Cluster 10 keywords about 2 credits · provider/ })).toBeVisible();
  await page.getByRole('combobox', { name: 'Sector' }).click();
  await page.getByRole('option', { name: 'Soil' }).click();
  await expect(page.getByRole('button', { name: /^Cluster 4 keywords about 2 credits · provider/ })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Sector' })).toBeHidden();
});

test('all that match are removed at once and come back', async ({ page }) => {
  await open(page);
  const total = await count(page);
  await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click();
  await row(page, 'peat free compost').getByRole('checkbox').click();
  await bar(page).getByRole('button', { name: 'Remove' }).click();
  await expect.poll(() => count(page)).toBe(1);
  await expect(bar(page)).toBeHidden();
  await expect(page.getByText(`Removed ${total - 1} keywords.`)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => count(page)).toBe(total);
});

test('keywords are disabled, enabled and moved to a cluster', async ({ page }) => {
  await open(page);
  await row(page, 'when to plant garlic').getByRole('checkbox').click();
  await bar(page).getByRole('button', { name: 'Disable' }).click();
  await expect(row(page, 'when to plant garlic')).toContainText('Disabled');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'when to plant garlic')).toContainText('New');
  await row(page, 'when to plant garlic').getByRole('checkbox').click();
  await bar(page).getByRole('button', { name: 'Move to cluster' }).click();
  await page.getByRole('option', { name: 'Raised beds' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
  await expect(row(page, 'when to plant garlic')).toContainText('Raised beds');
  await expect(page.getByText('Moved 1 keyword to Raised beds.')).toBeVisible();
});

test('a keyword is edited by keyboard alone', async ({ page }) => {
  await open(page);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'what can you compost' });
  await expect(drawer.getByLabel('Searches a month')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('99000');
  await drawer.getByLabel('Difficulty, 0 to 100').fill('170');
  await page.keyboard.press('Enter');
  await expect(drawer.getByText('Between 0 and 100.')).toBeVisible();
  await drawer.getByLabel('Difficulty, 0 to 100').fill('17');
  await page.keyboard.press('Enter');
  await expect(drawer).toBeHidden();
  await expect(row(page, 'what can you compost')).toContainText('99,000');
  await expect(row(page, 'what can you compost')).toContainText('17 · Very easy');
});

test('clustering says its price, shows how far it is, and ends in a line and a lower balance', async ({ page }) => {
  await page.goto('/?pace=60#/keywords');
  await expect(rows(page).first()).toBeVisible();
  const balance = page.getByRole('button', { name: 'Credit balance' });
  await expect(balance).toContainText('973');
  await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click();
  await bar(page).getByRole('button', { name: 'Cluster', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Cluster keywords' });
  await expect(dialog).toContainText('Provider cost$0.00');
  await expect(dialog).toContainText('Balance afterwards970–971 credits');
  // Looked for from before the click: it is there for a moment, which a machine with much to do may miss.
  const progress = page.getByRole('progressbar', { name: 'Clustering keywords' }).waitFor({ state: 'attached' });
  await dialog.getByRole('button', { name: 'Cluster 10 keywords · about 2 credits' }).click();
  await progress;
  await expect(page.getByText(/^Clustering keywords: \d+ new clusters$/)).toBeVisible();
  await expect(balance).toContainText('971');
  await expect(row(page, 'when to plant garlic')).toContainText('In a cluster');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText(/^Clustering keywords: /)).toBeHidden();
});

test('keywords are typed in, and known ones are told', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Add keywords' });
  await dialog.getByLabel('Keywords', { exact: true }).fill('tomato blight\n\nwhen to plant garlic');
  await dialog.getByRole('button', { name: 'Add 2 keywords' }).click();
  await expect(page.getByText('Added 1 keyword. 1 was there already.')).toBeVisible();
  await page.getByRole('searchbox').fill('tomato');
  await expect(row(page, 'tomato blight')).toBeVisible();
});

test('a file is previewed, imported into a sector, and its result stays as a line', async ({ page }) => {
  await open(page);
  const total = await count(page);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Import keywords' });
  await expect(dialog.getByText('Google Search Console · 6 keywords')).toBeVisible();
  await expect(dialog.getByText('Top queries → Keyword')).toBeVisible();
  await expect(dialog.getByText('Clicks, Impressions, CTR, Position')).toBeVisible();
  await expect(dialog.getByText('Search Console exports 1,000 queries at most.')).toBeVisible();
  await dialog.getByText('2 lines passed over').click();
  await expect(dialog.getByText('Line 9: no keyword in it')).toBeVisible();
  await dialog.getByRole('button', { name: 'Import 6 keywords' }).click();
  await expect(
    page.getByText('Imported search_console_queries.csv: 5 new, 1 updated, 2 joined, 2 passed over.'),
  ).toBeVisible();
  await expect.poll(() => count(page)).toBe(total + 5);
});

test('files dropped on the window are asked about one after the other, broken ones with the reason', async ({
  page,
}) => {
  await open(page);
  await drop(page, ['orders.csv', 'semrush_keyword_magic.csv']);
  const dialog = page.getByRole('dialog', { name: 'Import keywords' });
  await expect(dialog.getByRole('alert')).toContainText('orders.csv');
  await expect(dialog.getByRole('alert')).toContainText('No column of this file holds keywords.');
  await expect(dialog.getByRole('alert')).toContainText('Headers found: Date, Customer, Amount');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByText('Semrush Keyword Magic · 40 keywords')).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Import into the sector' }).click();
  await page.getByRole('option', { name: 'Soil' }).click();
  await dialog.getByRole('button', { name: 'Import 40 keywords' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('searchbox').fill('peony');
  await expect.poll(() => count(page)).toBe(10);
  await expect(rows(page).first()).toContainText('Soil');
});

for (const colorScheme of SCHEMES) {
  test(`in ${colorScheme}: free of accessibility faults, and photographed`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(page);
    await looks(page, `keywords-${colorScheme}`);
    await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click();
    await looks(page, `keywords-chosen-${colorScheme}`);
    await drop(page, ['search_console_queries.csv']);
    await expect(page.getByRole('dialog').getByText('Google Search Console')).toBeVisible();
    await looks(page, `keywords-import-${colorScheme}`);
    await page.goto('/?fail=keywords#/keywords');
    await expect(page.getByRole('alert')).toBeVisible();
    await looks(page, `keywords-failed-${colorScheme}`);
    await page.goto('/?data=empty#/keywords');
    await expect(page.getByText(/there is no site yet/)).toBeVisible();
    await looks(page, `keywords-empty-${colorScheme}`);
  });
}

async function open(page: Page): Promise<void> {
  await page.goto('/#/keywords');
  await expect(rows(page).first()).toBeVisible();
}

function grid(page: Page): Locator {
  return page.getByRole('grid', { name: 'Keywords list' });
}

/** Rows on show, without the header. */
function rows(page: Page): Locator {
  return grid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });
}

function row(page: Page, text: string): Locator {
  return rows(page).filter({ hasText: text });
}

function bar(page: Page): Locator {
  return page.getByRole('region', { name: 'Actions for the selected rows' });
}

/** Rows that match, on show or not. */
async function count(page: Page): Promise<number> {
  return Number(await grid(page).getAttribute('aria-rowcount')) - 1;
}

/** Drops files on the window; the host in memory knows them by name. */
async function drop(page: Page, names: readonly string[]): Promise<void> {
  await page.evaluate((files) => {
    const dataTransfer = new DataTransfer();
    for (const name of files) dataTransfer.items.add(new File([''], name));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
  }, names);
}

async function looks(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `test-results/look/${name}.png` });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}
