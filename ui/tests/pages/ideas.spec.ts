/** The ideas page over the host in memory: briefs, choosing, queueing for nothing, and writing for a price. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, SCHEMES, test } from './page';

/** An idea of the first site that is not queued yet. */
const NEW = 'What belongs in compost and what does not';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('filters cascade, the search narrows, and a heading sorts', async ({ page }) => {
  await open(page);
  const all = await rows(page).count();
  await page.getByRole('combobox', { name: 'Cluster' }).click();
  await page.getByRole('option', { name: 'Composting at home' }).click();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('combobox', { name: 'Status' }).click();
  await expect(page.getByRole('option', { name: 'Queued' })).toBeHidden();
  await page.getByRole('option', { name: 'New' }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows(page)).toHaveCount(all);
  await page.getByRole('columnheader', { name: 'Words' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=/);
  await page.getByRole('searchbox').fill('compost');
  await expect(rows(page)).toHaveCount(2);
});

test('all that match are removed and come back', async ({ page }) => {
  await open(page);
  const all = await rows(page).count();
  await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click();
  await expect(bar(page)).toContainText(`All ${all} that match are selected`);
  await bar(page).getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('once clusters were looked through')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page)).toHaveCount(all);
});

test('queueing is free and says how many', async ({ page }) => {
  await open(page);
  await row(page, NEW).getByRole('checkbox').click();
  await bar(page).getByRole('button', { name: 'Queue for writing' }).click();
  await expect(page.getByText('Queued 1 idea for writing.')).toBeVisible();
  await expect(row(page, NEW)).toContainText('Queued');
  await expect(bar(page)).toBeHidden();
  await row(page, NEW).getByRole('checkbox').click();
  await bar(page).getByRole('button', { name: 'Queue for writing' }).click();
  await expect(page.getByText('Nothing was queued')).toBeVisible();
});

test('chosen ideas are priced first; a no queues nothing, a yes queues and writes them', async ({ page }) => {
  await open(page);
  await row(page, NEW).getByRole('checkbox').click();
  await bar(page).getByRole('button', { name: 'Queue and write now' }).click();
  const question = page.getByRole('dialog', { name: 'Write drafts' });
  await expect(question).toContainText('Provider cost');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
  await expect(row(page, NEW).getByText('New', { exact: true })).toBeVisible();
  await bar(page).getByRole('button', { name: 'Queue and write now' }).click();
  await expect(question).toContainText('Provider cost');
  await question.getByRole('button', { name: /^Write 1 draft · about/ }).click();
  await expect(page.getByText(/Writing drafts: 1 draft written/)).toBeVisible();
  await expect(row(page, NEW)).toContainText('Written');
  await expect(bar(page)).toBeHidden();
  await expect(page.getByRole('link', { name: 'Open the task' })).toBeVisible();
});

test('the primary button bears the exact price of all that is new or queued, and can be stopped', async ({ page }) => {
  await open(page, '&pace=600');
  const primary = page
    .getByRole('banner')
    .getByRole('button', { name: /^Write \d+ drafts? about \d+ credits · provider \$0.00 · [\d,]+ left$/ });
  await expect(row(page, NEW).getByText('New', { exact: true })).toBeVisible();
  await primary.click();
  await expect(page.getByRole('progressbar', { name: 'Writing drafts' })).toBeAttached();
  await expect(row(page, NEW).getByText('New', { exact: true })).toBeHidden();
  await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog', { name: 'Cancel' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('link', { name: 'Open the task' })).toBeVisible();
});

test('one sector is written without the others', async ({ page }) => {
  await open(page);
  const primary = page.getByRole('banner').getByRole('button', { name: /^Write/ });
  const whole = await numberIn(primary.textContent());
  await page.getByRole('combobox', { name: 'Sector' }).click();
  await page.getByRole('option', { name: 'Soil' }).click();
  await expect.poll(() => numberIn(primary.textContent())).toBeLessThan(whole);
});

test('a brief opens by keyboard and is edited within its limits', async ({ page }) => {
  // Wide enough for every column.
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('heading', { name: 'Keywords to answer' })).toBeVisible();
  await drawer.getByRole('button', { name: 'Edit' }).click();
  const form = page.getByRole('dialog', { name: 'Edit idea' });
  await form.getByRole('textbox', { name: 'Words to aim for' }).fill('20');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByRole('textbox', { name: 'Words to aim for' })).toHaveAttribute('aria-invalid', 'true');
  await form.getByRole('textbox', { name: 'Words to aim for' }).fill('2200');
  await form.getByRole('combobox', { name: 'Structure' }).click();
  await expect(page.getByRole('option')).toHaveCount(14);
  await page.getByRole('option', { name: 'Landing page' }).click();
  await form.getByRole('textbox', { name: 'Working title' }).fill('A title of our own');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
  await expect(row(page, 'A title of our own')).toContainText('Landing page');
  await expect(row(page, 'A title of our own')).toContainText('2,200');
});

test('a list that cannot be read says why and tries again', async ({ page }) => {
  await page.goto('/?fail=ideas#/ideas');
  await expect(page.getByText('Something went wrong inside Igny8.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});

for (const colorScheme of SCHEMES) {
  test(`looks right in ${colorScheme}`, async ({ page }) => {
    // Four pictures, each looked through for accessibility faults.
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(page);
    await shoot(page, `ideas-${colorScheme}`);
    await page.getByText(NEW).click();
    await expect(page.getByRole('dialog').getByText('Keywords to answer')).toBeVisible();
    await shoot(page, `ideas-open-${colorScheme}`);
    await page.getByRole('dialog').getByRole('button', { name: 'Edit' }).click();
    await expect(page.getByRole('dialog', { name: 'Edit idea' })).toBeVisible();
    await shoot(page, `ideas-edit-${colorScheme}`);
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click();
    await bar(page).getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByRole('button', { name: 'Go to clusters' })).toBeVisible();
    await shoot(page, `ideas-empty-${colorScheme}`);
  });
}

async function open(page: Page, options = '') {
  await page.goto(`/?data=sample${options}#/ideas`);
  await expect(row(page, NEW)).toBeVisible();
}

/** The rows below the heading. */
function rows(page: Page) {
  return page.getByRole('row').filter({ has: page.getByRole('gridcell') });
}

function row(page: Page, title: string) {
  return rows(page).filter({ hasText: title });
}

function bar(page: Page) {
  return page.getByRole('region', { name: 'Actions for the selected rows' });
}

async function numberIn(text: Promise<string | null>): Promise<number> {
  return Number(/\d+/.exec((await text) ?? '')?.[0] ?? 0);
}

async function shoot(page: Page, name: string) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `test-results/look/${name}.png` });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}
