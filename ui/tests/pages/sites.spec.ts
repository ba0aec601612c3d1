/** The sites page over the host in memory: the form typed into, the connection tested, sectors, and the way back. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, SCHEMES, test } from './page';

/** An address of the host in memory whose test fails with the code in front. */
const FAILING = 'https://html_instead_of_json.fails.example';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('a WordPress site is typed in, refused by a field, added and connected', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Add a site' }).click();
  const form = page.getByRole('dialog', { name: 'New site' });
  await form.getByLabel('Name', { exact: true }).pressSequentially('Kitchen Almanac');
  await form.getByLabel('Address').pressSequentially('kitchen.example');
  await form.getByLabel('User name').pressSequentially('cook');
  await form.getByRole('textbox', { name: 'Application password' }).pressSequentially('abcd efgh ijkl');
  await expect(form.getByText('Kept in the system keyring and never shown again.')).toBeVisible();
  await form.getByRole('combobox', { name: 'Language of the articles' }).fill('germ');
  await page.getByRole('option', { name: 'German' }).click();
  await form.getByRole('textbox', { name: 'Brand colour' }).fill('#b4531f');
  await form.getByRole('textbox', { name: 'Brand colour' }).press('Escape');
  await form.getByRole('combobox', { name: 'Sectors' }).fill('Baking');
  await form.getByRole('combobox', { name: 'Sectors' }).press('Enter');
  await form.getByRole('button', { name: 'Add site' }).click();
  await expect(form.getByText('Write the whole address, with https:// in front.')).toBeVisible();
  await form.getByLabel('Address').fill('https://kitchen.example/');
  await form.getByRole('button', { name: 'Add site' }).click();

  const drawer = page.getByRole('dialog', { name: 'Kitchen Almanac' });
  await expect(drawer.getByLabel('Address')).toHaveValue('https://kitchen.example');
  await expect(drawer.getByRole('textbox', { name: 'Application password' })).toHaveValue('');
  await expect(drawer.getByPlaceholder(/^Stored\. Leave empty to keep it/)).toBeVisible();
  await drawer.getByRole('button', { name: 'Test connection' }).click();
  await expect(drawer.getByText('Signed in as cook on Kitchen Almanac.')).toBeVisible();
  await expect(drawer.getByText('May publish', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card(page, 'Kitchen Almanac')).toContainText('Connected');
  await expect(card(page, 'Kitchen Almanac')).toContainText('2 sectors');
  await expect(page.getByRole('button', { name: 'Choose a site: Kitchen Almanac' })).toBeVisible();
});

test('a keyring that refuses leaves one site, whose form takes the password again', async ({ page }) => {
  await page.goto('/?vault=denied#/sites');
  await page.getByRole('button', { name: 'Add a site' }).click();
  const form = page.getByRole('dialog', { name: 'New site' });
  await form.getByLabel('Name', { exact: true }).fill('Kitchen Almanac');
  await form.getByLabel('Address').fill('https://kitchen.example');
  await form.getByLabel('User name').fill('cook');
  await form.getByRole('textbox', { name: 'Application password' }).fill('abcd efgh ijkl');
  await form.getByRole('button', { name: 'Add site' }).click();
  await expect(page.getByText('Allow Igny8 in its settings and try again.')).toBeVisible();
  await expect(
    page.getByRole('dialog', { name: 'Kitchen Almanac' }).getByRole('button', { name: 'Save' }),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card(page, 'Kitchen Almanac')).toHaveCount(1);
});

test('the folder of a site that has none of its own is shown', async ({ page }) => {
  await page.goto('/?data=empty#/');
  await page.getByRole('button', { name: 'Try the sample workspace' }).click();
  await page.getByRole('link', { name: 'Sites', exact: true }).click();
  await expect(card(page, 'Morning Cup (sample)')).toContainText(/published\/\d+/);
});

test('a failed test says what happened and what to do', async ({ page }) => {
  await open(page);
  await card(page, 'Field Notes').getByRole('button', { name: 'Edit' }).click();
  const drawer = page.getByRole('dialog', { name: 'Field Notes' });
  await drawer.getByLabel('Address').fill(FAILING);
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer).toBeHidden();
  await expect(card(page, 'Field Notes')).toContainText('Not tested');
  await card(page, 'Field Notes').getByRole('button', { name: 'Test connection' }).click();
  await expect(card(page, 'Field Notes')).toContainText('answered with a web page instead of data.');
  await expect(card(page, 'Field Notes')).toContainText('A security plugin may be blocking the REST API.');
});

test('a folder needs a name and nothing else', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Add a site' }).click();
  const form = page.getByRole('dialog', { name: 'New site' });
  await form.getByText('Folder', { exact: true }).click();
  await expect(form.getByLabel('User name')).toBeHidden();
  await form.getByLabel('Name', { exact: true }).fill('Paper');
  await form.getByRole('button', { name: 'Choose a folder' }).click();
  await expect(form.getByRole('textbox', { name: 'Folder' })).toHaveValue('/home/you/Articles');
  await form.getByLabel('Name', { exact: true }).press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Paper' });
  await drawer.getByRole('button', { name: 'Test connection' }).click();
  await expect(drawer.getByText('The folder can be written.')).toBeVisible();
});

test('a site is removed and comes back with what is in it', async ({ page }) => {
  await open(page);
  const before = await card(page, 'Field Notes').textContent();
  await page.getByRole('button', { name: 'More actions for Field Notes' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(card(page, 'Field Notes')).toBeHidden();
  await expect(page.getByText('Removed Field Notes. Nothing was changed on the site itself.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(card(page, 'Field Notes')).toHaveText(before ?? '');
});

test('sectors are added, refused when taken, renamed, removed and put back', async ({ page }) => {
  await open(page);
  await card(page, 'Field Notes').getByRole('button', { name: 'Edit' }).click();
  const drawer = page.getByRole('dialog', { name: 'Field Notes' });
  const field = drawer.getByRole('textbox', { name: 'Name of the new sector' });
  await field.fill('soil');
  await field.press('Enter');
  await expect(drawer.getByText('The name is taken already.')).toBeVisible();
  await field.fill('Tools');
  await field.press('Enter');
  await expect(drawer.getByText('Tools')).toBeVisible();
  await drawer.getByRole('button', { name: 'Rename Tools' }).click();
  await drawer.getByRole('textbox', { name: 'New name of Tools' }).fill('Hand tools');
  await drawer.getByRole('button', { name: 'Keep the new name' }).click();
  await drawer.getByRole('button', { name: 'Remove Hand tools' }).click();
  await expect(drawer.getByText('Hand tools', { exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(drawer.getByText('Hand tools', { exact: true })).toBeVisible();
});

for (const [state, note, advice] of [
  ['locked', 'Unlock it before you save a password.', 'Unlock the keyring and try again.'],
  ['denied', 'The system keyring refused Igny8', 'Allow Igny8 in its settings and try again.'],
  ['broken', 'does not answer as it should', 'Mend it, then enter the password again.'],
] as const) {
  test(`a keyring that is ${state} is told in the form and when a password is to be kept`, async ({ page }) => {
    await page.goto(`/?vault=${state}#/sites`);
    await page.getByRole('button', { name: 'Edit: Field Notes' }).click();
    const form = page.getByRole('dialog', { name: 'Field Notes' });
    await expect(form.getByText(note)).toBeVisible();
    await form.getByRole('textbox', { name: 'Application password' }).fill('abcd efgh ijkl');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(advice)).toBeVisible();
  });
}

test('without a keyring the form says how long a password is kept', async ({ page }) => {
  await page.goto('/?vault=absent#/sites');
  await page.getByRole('button', { name: 'Add a site' }).click();
  await expect(page.getByText('the password is kept only until Igny8 closes.')).toBeVisible();
});

test('the page is walked by keyboard: open, leave, and the button has the focus again', async ({ page }) => {
  await open(page);
  const edit = page.getByRole('button', { name: 'Edit: Field Notes' });
  await edit.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Field Notes' }).getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(edit).toBeFocused();
});

for (const colorScheme of SCHEMES) {
  test(`in ${colorScheme}: free of accessibility faults, and photographed`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(page);
    await looks(page, `sites-${colorScheme}`);
    await card(page, 'Field Notes').getByRole('button', { name: 'Edit' }).click();
    await expect(page.getByRole('dialog', { name: 'Field Notes' })).toBeVisible();
    await looks(page, `sites-edit-${colorScheme}`);
    await page.goto('/?data=empty#/sites');
    await expect(page.getByText('Sites you publish to stand here')).toBeVisible();
    await looks(page, `sites-empty-${colorScheme}`);
    await page.goto('/?fail=sites#/sites');
    await expect(page.getByRole('alert')).toContainText('Something went wrong inside Igny8.');
    await looks(page, `sites-failed-${colorScheme}`);
  });
}

async function open(page: Page): Promise<void> {
  await page.goto('/#/sites');
  await expect(card(page, 'Field Notes')).toBeVisible();
}

function card(page: Page, name: string): Locator {
  return page.getByRole('article', { name });
}

async function looks(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `test-results/look/${name}.png` });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}
