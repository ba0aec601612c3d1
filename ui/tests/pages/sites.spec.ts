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
  await form.getByLabel('Address').pressSequentially('kitchen');
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
  await expect(form.getByText('Write an address, such as example.org.')).toBeVisible();
  await form.getByLabel('Address').fill('kitchen.example/wp-admin/');
  await form.getByRole('button', { name: 'Add site' }).click();

  const drawer = page.getByRole('dialog', { name: 'Kitchen Almanac' });
  await expect(drawer.getByLabel('Address')).toHaveValue('https://kitchen.example/wp-admin');
  await expect(drawer.getByRole('textbox', { name: 'Application password' })).toHaveValue('');
  await expect(drawer.getByPlaceholder(/^Stored\. Leave empty to keep it/)).toBeVisible();
  await drawer.getByRole('button', { name: 'Test connection' }).click();
  await expect(drawer.getByText('Signed in as cook on Kitchen Almanac.')).toBeVisible();
  await expect(drawer.getByText('May publish', { exact: true })).toBeVisible();
  await expect(drawer.getByLabel('Address')).toHaveValue('https://kitchen.example');
  await page.keyboard.press('Escape');
  await expect(card(page, 'Kitchen Almanac')).toContainText('Connected');
  await expect(card(page, 'Kitchen Almanac')).toContainText('2 sectors');
  await expect(page.getByRole('button', { name: 'Choose a site: Kitchen Almanac' })).toBeVisible();
});

test('a removed site stands among the removed ones, and is brought back', async ({ page }) => {
  await open(page);
  const [first] = await page.getByRole('article').all();
  const name = (await first?.getAttribute('aria-label')) ?? '';
  await page.getByRole('button', { name: `More actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const done = page.getByRole('alert').filter({ hasText: `Removed ${name}.` });
  await expect(done).toBeVisible();
  await assertApart(page, done);
  await done.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('tab', { name: 'Removed 1' }).click();
  await expect(card(page, name)).toContainText('It can be brought back at any time');
  await page.getByRole('button', { name: `Bring back: ${name}` }).click();
  await expect(page.getByText('A site you remove stands here', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Show the sites' }).click();
  await expect(card(page, name)).toBeVisible();
});

/** A passing message lies on nothing of the frame, and not on the page either. */
async function assertApart(page: Page, message: Locator): Promise<void> {
  const box = await message.boundingBox();
  if (box === null) throw new Error('it is there');
  for (const part of [page.getByRole('main'), page.getByRole('contentinfo'), page.getByRole('banner')]) {
    const other = await part.boundingBox();
    if (other === null) throw new Error('every page has it');
    const isBeside = box.x >= other.x + other.width || other.x >= box.x + box.width;
    const isAboveOrBelow = box.y >= other.y + other.height || other.y >= box.y + box.height;
    expect(isBeside || isAboveOrBelow, JSON.stringify([box, other])).toBe(true);
  }
  const help = await page.getByRole('link', { name: 'Help' }).first().boundingBox();
  expect(help !== null && help.x + help.width <= box.x, 'nor on the sidebar').toBe(true);
}

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
  await drawer.getByRole('textbox', { name: 'Application password' }).fill('abcd efgh ijkl');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer).toBeHidden();
  await expect(card(page, 'Field Notes')).toContainText('Not tested');
  await card(page, 'Field Notes').getByRole('button', { name: 'Test connection' }).click();
  await expect(card(page, 'Field Notes')).toContainText('answered with a web page instead of data.');
  await expect(card(page, 'Field Notes')).toContainText('A security plugin may be blocking the REST API.');
});

test('the connection is looked at closely, and what is in the way is told with a report to hand on', async ({
  page,
}) => {
  await open(page);
  await card(page, 'Field Notes').getByRole('button', { name: 'Edit' }).click();
  const drawer = page.getByRole('dialog', { name: 'Field Notes' });
  await drawer.getByRole('button', { name: 'Check connection' }).click();
  await expect(drawer.getByText('Nothing is in the way of publishing on fieldnotes.example.')).toBeVisible();
  await drawer.getByLabel('Address').fill('https://firewall.fails.example');
  await drawer.getByRole('textbox', { name: 'Application password' }).fill('abcd efgh ijkl');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await card(page, 'Field Notes').getByRole('button', { name: 'Edit' }).click();
  await drawer.getByRole('button', { name: 'Check connection' }).click();
  const checks = drawer.getByRole('list', { name: 'Checks of the connection' });
  await expect(checks.getByRole('listitem')).toHaveCount(8);
  await expect(checks).toContainText('A firewall answers in place of firewall.fails.example.');
  await expect(checks).toContainText('Signing in: not come to');
  await looks(page, 'sites-doctor');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await drawer.getByRole('button', { name: 'Copy the report' }).click();
  await expect(drawer.getByRole('button', { name: 'Copied' })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('Igny8: connection of firewall.fails.example\nName: fine');
  expect(report).not.toContain('abcd');
});

test('a password is got in the browser, and taken back when the site is disconnected', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Add a site' }).click();
  const form = page.getByRole('dialog', { name: 'New site' });
  await form.getByRole('button', { name: 'Get a password in the browser' }).click();
  await expect(form.getByText('This is missing.')).toBeVisible();
  await form.getByLabel('Address').fill('not_wordpress.fails.example');
  await form.getByRole('button', { name: 'Get a password in the browser' }).click();
  await expect(form.getByText(/does not look like a WordPress site\. Check the address/)).toBeVisible();
  await form.getByLabel('Address').fill('kitchen.example/2026/bread/');
  await form.getByRole('button', { name: 'Get a password in the browser' }).click();
  await expect(form.getByText('then paste the password it shows into the field above.')).toBeVisible();
  await expect(form.getByLabel('Address')).toHaveValue('https://kitchen.example');
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('kitchen.example');
  const password = form.getByRole('textbox', { name: 'Application password' });
  await expect(password).toBeFocused();
  await password.fill('abcd efgh ijkl');
  await form.getByLabel('User name').fill('cook');
  await form.getByRole('button', { name: 'Add site' }).click();

  const drawer = page.getByRole('dialog', { name: 'kitchen.example' });
  await drawer.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('button', { name: 'Disconnect the site' }).click();
  await expect(page.getByText('Disconnected. kitchen.example took the application password back.')).toBeVisible();
  await expect(drawer.getByRole('button', { name: 'Disconnect' })).toBeHidden();
});

test('a site is given a certificate authority of its own, and loses it again', async ({ page }) => {
  await open(page);
  await card(page, 'Field Notes').getByRole('button', { name: 'Edit' }).click();
  const drawer = page.getByRole('dialog', { name: 'Field Notes' });
  await drawer.getByRole('button', { name: 'Choose an authority' }).click();
  await expect(drawer.getByText('with an authority of its own as well.')).toBeVisible();
  await drawer.getByRole('button', { name: 'Remove it' }).click();
  await expect(drawer.getByText('with the authorities this computer trusts.')).toBeVisible();
});

test('another host is never given the password of the former one, and the form asks for the next', async ({ page }) => {
  await open(page);
  await card(page, 'Field Notes').getByRole('button', { name: 'Edit' }).click();
  const drawer = page.getByRole('dialog', { name: 'Field Notes' });
  const password = drawer.getByRole('textbox', { name: 'Application password' });
  await drawer.getByLabel('Address').fill('https://moved.example');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(
    page.getByText(/^Saved Field Notes. Its password was for fieldnotes.example and was forgotten/),
  ).toBeVisible();
  await expect(drawer.getByText('Type one that was made at moved.example.')).toBeVisible();
  await expect(password).toBeFocused();
  await password.fill('mnop qrst uvwx');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer).toBeHidden();
  await card(page, 'Field Notes').getByRole('button', { name: 'Test connection' }).click();
  await expect(card(page, 'Field Notes')).toContainText('Connected');
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
    await page.keyboard.press('Escape');
    await card(page, 'Field Notes').getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByRole('tab', { name: 'Removed 1' }).click();
    await expect(card(page, 'Field Notes')).toContainText('removed now');
    await looks(page, `sites-removed-${colorScheme}`);
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
