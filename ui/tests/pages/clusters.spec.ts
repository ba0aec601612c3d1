/** The clusters page over the host in memory: finding rows, choosing them, taking back, and work from price to result. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, SCHEMES, test } from './page';

/** A cluster of the first site that has no ideas yet. */
const NEW = 'Slug control';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('filters cascade, the search narrows, and a heading sorts', async ({ page }) => {
  await open(page);
  const all = await rows(page).count();
  await page.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: 'New' }).click();
  await expect.poll(() => rows(page).count()).toBeLessThan(all);
  const fresh = await rows(page).count();
  await page.getByRole('combobox', { name: 'Sector' }).click();
  await page.getByRole('option', { name: 'Soil' }).click();
  await expect.poll(() => rows(page).count()).toBeLessThan(fresh);
  await expect(page.getByRole('columnheader', { name: 'Sector' })).toBeHidden();
  await page.getByRole('combobox', { name: 'Sector' }).click();
  await page.getByRole('option', { name: 'All sectors' }).click();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows(page)).toHaveCount(all);
  await page.getByRole('columnheader', { name: 'Cluster' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=/);
  await page.getByRole('searchbox').fill('compost');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('Composting at home');
});

test('all that match are removed and come back', async ({ page }) => {
  await open(page);
  const all = await rows(page).count();
  await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click();
  const bar = page.getByRole('region', { name: 'Actions for the selected rows' });
  await expect(bar).toContainText(`All ${all} that match are selected`);
  await bar.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('stand here, once keywords were clustered')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page)).toHaveCount(all);
});

test('clusters are disabled and enabled again', async ({ page }) => {
  await open(page);
  await row(page, NEW).getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(row(page, NEW)).toContainText('Disabled');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, NEW)).not.toContainText('Disabled');
});

test('a cluster opens by keyboard with its keywords and ideas, and is renamed', async ({ page }) => {
  await open(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const first = (await page.getByRole('row').nth(1).getByRole('gridcell').nth(1).textContent()) ?? '';
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: first });
  await expect(drawer.getByRole('heading', { name: 'Keywords' })).toBeVisible();
  await expect(drawer.getByRole('listitem').first()).toBeVisible();
  await expect(page).toHaveURL(/open=/);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await page.keyboard.press('e');
  const form = page.getByRole('dialog', { name: 'Edit cluster' });
  await form.getByRole('textbox', { name: 'Name' }).fill('');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('This is missing.')).toBeVisible();
  await form.getByRole('textbox', { name: 'Name' }).fill('Trees in winter');
  await page.keyboard.press('Enter');
  await expect(form).toBeHidden();
  await expect(row(page, 'Trees in winter')).toBeVisible();
});

test('ideas for chosen clusters are priced, found, and end in a line that opens', async ({ page }) => {
  await open(page);
  await row(page, NEW).getByRole('checkbox').click();
  await page.getByRole('region', { name: 'Actions for the selected rows' }).getByText('Find ideas').click();
  const question = page.getByRole('dialog', { name: 'Find ideas' });
  await expect(question).toContainText('Provider cost');
  await expect(question).toContainText('Balance afterwards');
  await question.getByRole('button', { name: /^Find ideas for 1 cluster · about/ }).click();
  await expect(page.getByText(/Finding ideas: 2 new ideas/)).toBeVisible();
  await expect(row(page, NEW)).toContainText('Has ideas');
  await expect(page.getByRole('link', { name: 'Open the task' })).toBeVisible();
});

test('the primary button finds ideas for all that wait, and can be stopped', async ({ page }) => {
  await open(page, '&pace=600');
  await page
    .getByRole('button', { name: /^Find ideas for \d+ clusters? about \d+ credits · provider \$0.00 · [\d,]+ left$/ })
    .click();
  await expect(page.getByRole('progressbar', { name: 'Finding ideas' })).toBeAttached();
  await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog', { name: 'Cancel' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('link', { name: 'Open the task' })).toBeVisible();
});

test('a list that cannot be read says why and tries again', async ({ page }) => {
  await page.goto('/?fail=clusters#/clusters');
  await expect(page.getByText('Something went wrong inside Igny8.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});

for (const colorScheme of SCHEMES) {
  test(`looks right in ${colorScheme}`, async ({ page }) => {
    // Four pictures, each looked through for accessibility faults.
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(page);
    await shoot(page, `clusters-${colorScheme}`);
    await row(page, NEW).getByRole('checkbox').click();
    await shoot(page, `clusters-chosen-${colorScheme}`);
    await page.keyboard.press('Escape');
    await page.getByText('Composting at home').click();
    await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
    await shoot(page, `clusters-open-${colorScheme}`);
    await page.goto('/?data=empty#/clusters');
    await expect(page.getByText('Add a site').last()).toBeVisible();
    await shoot(page, `clusters-empty-${colorScheme}`);
  });
}

async function open(page: Page, options = '') {
  await page.goto(`/?data=sample${options}#/clusters`);
  await expect(row(page, NEW)).toBeVisible();
}

/** The rows below the heading. */
function rows(page: Page) {
  return page.getByRole('row').filter({ has: page.getByRole('gridcell') });
}

function row(page: Page, name: string) {
  return rows(page).filter({ hasText: name });
}

async function shoot(page: Page, name: string) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `test-results/look/${name}.png` });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}
