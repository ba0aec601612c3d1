/** The calendar over the host in memory: dragged by pointer, moved by key, chosen together, undone, in both themes. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, SCHEMES, test } from './page';

const CLAY = 'How to improve clay soil in one season';
const STOVE = 'Was ein Kachelofen kostet und wovon es abhängt';

test.beforeEach(async ({ page }) => {
  await page.clock.setFixedTime(new Date('2026-11-10T08:00:00Z'));
});

test('a card is dragged from the tray to a day, on to another at its clock time, and back', async ({ page }) => {
  await page.goto('/#/calendar');
  await hold(page, inTray(page, CLAY));
  await over(page, day(page, 18));
  await expect(day(page, 18)).toContainText('Goes out 09:00');
  await page.mouse.up();
  await expect(page.getByText('1 article goes out on Wed 18 Nov, 09:00 · Berlin.')).toBeVisible();
  await expect(cardOn(page, 18, CLAY)).toContainText('Scheduled');
  await expect(inTray(page, CLAY)).toHaveCount(0);

  await hold(page, cardOn(page, 18, CLAY));
  await over(page, day(page, 25));
  await page.mouse.up();
  await expect(cardOn(page, 25, CLAY)).toContainText('09:00');
  await expect(cardOn(page, 18, CLAY)).toHaveCount(0);

  // A day that has passed takes nothing.
  await hold(page, cardOn(page, 25, CLAY));
  await over(page, day(page, 4));
  await page.mouse.up();
  await expect(cardOn(page, 25, CLAY)).toBeVisible();

  await hold(page, cardOn(page, 25, CLAY));
  await over(page, tray(page));
  await page.mouse.up();
  await expect(inTray(page, CLAY)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(cardOn(page, 25, CLAY)).toBeVisible();
});

test('cards are moved by key, swapped and shifted together', async ({ page }) => {
  await page.goto('/#/calendar');
  await plan(page, CLAY, 18);
  await plan(page, STOVE, 20);
  await cardOn(page, 18, CLAY).focus();
  await page.keyboard.press('ArrowRight');
  await expect(cardOn(page, 19, CLAY)).toBeFocused();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(cardOn(page, 26, CLAY)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Take its time away' })).toBeVisible();
  await page.keyboard.press('Escape');

  await cardOn(page, 26, CLAY).press('x');
  await cardOn(page, 20, STOVE).click({ modifiers: ['ControlOrMeta'] });
  await page.screenshot({ path: 'test-results/look/calendar-chosen.png' });
  await page.getByRole('button', { name: 'Swap times' }).click();
  await expect(cardOn(page, 20, CLAY)).toBeVisible();
  await expect(cardOn(page, 26, STOVE)).toBeVisible();

  await cardOn(page, 20, CLAY).press('x');
  await cardOn(page, 26, STOVE).press('x');
  await page.getByRole('button', { name: 'Shift by days' }).click();
  await page.getByRole('dialog').getByLabel('Days').fill('-2');
  await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
  await expect(cardOn(page, 18, CLAY)).toBeVisible();
  await expect(cardOn(page, 24, STOVE)).toBeVisible();
});

test('what waits gets the next free times, one of it or all, and gives them back', async ({ page }) => {
  await page.goto('/#/calendar');
  await inTray(page, CLAY).press('x');
  await page.getByRole('button', { name: 'Next free times' }).click();
  await expect(page.getByText(/^1 article goes out on \w{3} 1\d Nov, 09:00/)).toBeVisible();
  await expect(inTray(page, CLAY)).toHaveCount(0);
  await expect(inTray(page, STOVE)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(inTray(page, CLAY)).toBeVisible();
  await tray(page).getByRole('button', { name: 'Fill free slots' }).click();
  await page.getByRole('menuitem', { name: /^On / }).first().click();
  await expect(inTray(page, CLAY)).toHaveCount(0);
});

test('what is on its way stands apart from what waits for a time', async ({ page }) => {
  await page.goto('/#/calendar');
  await expect(tray(page).getByRole('heading', { name: 'No time yet 2' })).toBeVisible();
  await expect(tray(page).getByRole('heading', { name: 'On their way 1' })).toBeVisible();
  await expect(inTray(page, 'Old apple trees')).toContainText('Publishing');
});

test('what is to be approved stands beside it, and is approved from its card', async ({ page }) => {
  const compost = 'Compost heap or compost bin';
  await page.goto('/#/calendar');
  await expect(tray(page).getByRole('heading', { name: /^To be approved \d/ })).toBeVisible();
  await inTray(page, compost).click();
  await expect(page.getByRole('menuitem', { name: 'Schedule' })).toHaveCount(0);
  await page.getByRole('menuitem', { name: 'Approve' }).click();
  await expect(inTray(page, compost)).toContainText('No time yet');
  await plan(page, compost, 18);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(inTray(page, compost)).toBeVisible();
});

test('filters stand in the address, and an empty or failed calendar says so', async ({ page }) => {
  await page.goto('/#/calendar');
  await page.getByRole('button', { name: 'State' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Missed' }).click();
  await expect(page.getByText('Nothing fits these filters.')).toBeVisible();
  expect(decodeURIComponent(page.url())).toContain('"state":"missed"');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(page.getByText('Nothing fits these filters.')).toBeHidden();
  await page.goto('/?fail=calendar#/calendar');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});

for (const colorScheme of SCHEMES) {
  test(`month, week and list in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/#/calendar');
    await plan(page, CLAY, 12);
    for (const view of ['Month', 'Week', 'List']) {
      await page.getByText(view, { exact: true }).click();
      await expect(page.locator('[data-card]').filter({ hasText: CLAY })).toBeVisible();
      await page.screenshot({ path: `test-results/look/calendar-${view.toLowerCase()}-${colorScheme}.png` });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    }
    // Clocks change.
    await page.goto('/#/calendar?day=2027-03-01');
    const note = page.getByText(
      /^28 Mar: Clocks in Berlin go forward from 02:00 to 03:00: the times between do not exist/,
    );
    await expect(note).toBeVisible();
    await page
      .getByRole('cell', { name: /^28 March 2027/ })
      .locator('svg')
      .hover();
    await expect(page.getByRole('tooltip')).toContainText('go forward from 02:00 to 03:00');
    await page.screenshot({ path: `test-results/look/calendar-clocks-${colorScheme}.png` });
  });
}

function tray(page: Page): Locator {
  return page.getByRole('complementary', { name: /^No time yet/ });
}

function inTray(page: Page, title: string): Locator {
  return tray(page).getByRole('button', { name: new RegExp(title) });
}

/** A day of November 2026. */
function day(page: Page, date: number): Locator {
  return page.getByRole('cell', { name: new RegExp(`^${date} November 2026`) });
}

function cardOn(page: Page, date: number, title: string): Locator {
  return day(page, date).getByRole('button', { name: new RegExp(title) });
}

async function plan(page: Page, title: string, date: number): Promise<void> {
  await hold(page, inTray(page, title));
  await over(page, day(page, date));
  await expect(day(page, date)).toContainText('Goes out');
  await page.mouse.up();
  await expect(cardOn(page, date, title)).toBeVisible();
  await expect(inTray(page, title)).toHaveCount(0);
}

/** Takes hold of a card; it is a drag once the pointer has gone some way. */
async function hold(page: Page, card: Locator): Promise<void> {
  await card.hover();
  await page.mouse.down();
  const { x, y } = await middleOf(card);
  await page.mouse.move(x + 8, y + 8, { steps: 4 });
}

async function over(page: Page, place: Locator): Promise<void> {
  const { x, y } = await middleOf(place);
  await page.mouse.move(x, y, { steps: 8 });
}

async function middleOf(place: Locator): Promise<{ x: number; y: number }> {
  const box = await place.boundingBox();
  if (box === null) throw new Error('it is not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
