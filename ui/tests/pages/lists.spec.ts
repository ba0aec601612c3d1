/** Every list in a small, a laptop's and a wider window: names keep their room, states are whole, menus are in sight. */
import type { Page } from '@playwright/test';
import { expect, test } from './page';

const LISTS = [
  'keywords',
  'clusters',
  'ideas',
  'drafts',
  'drafts?tab=queue',
  'images',
  'review',
  'review?tab=approved',
  'outbox',
  'operations',
  'credits',
  'usage?tab=articles',
  'notifications',
] as const;

const WIDTHS = [960, 1280, 1440] as const;
/** Room for about twenty letters, pixels. */
const NAME_WIDTH_MIN = 160;

for (const width of WIDTHS) {
  test(`at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const list of LISTS) {
      await page.goto(`/#/${list}`);
      await expect(page.getByRole('button', { name: /^More actions for/ }).first()).toBeVisible();
      expect.soft(await faults(page), list).toEqual([]);
    }
  });
}

test('a column that waits for room stands when it is chosen, and the menu stays in sight beside it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 960, height: 800 });
  await page.goto('/#/keywords');
  await expect(page.getByRole('columnheader', { name: 'Sector' })).toBeHidden();
  await page.getByRole('button', { name: 'Columns' }).click();
  await expect(page.getByText('There is no room for every column here. The ones you choose stay.')).toBeVisible();
  for (const name of ['Sector', 'Intent', 'Source']) await page.getByRole('checkbox', { name }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Sector' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^More actions for/ }).first()).toBeInViewport();
});

/** What does not fit, in words. */
async function faults(page: Page): Promise<string[]> {
  return page.getByRole('grid').evaluate((grid, least) => {
    const all = (selector: string) => [...grid.querySelectorAll(selector)];
    const isCut = (element: Element) => element.scrollWidth > element.clientWidth;
    const edge = grid.getBoundingClientRect().right;
    const states = all('[role="gridcell"]:has([class*="dot"])').filter(isCut);
    const names = all('[role="columnheader"] [class*="headerName"]').filter(isCut);
    const menus = all('[aria-haspopup="menu"]').filter((menu) => menu.getBoundingClientRect().right > edge);
    const widest = Math.max(...all('[role="gridcell"]').map((cell) => cell.clientWidth));
    const found = [
      ...(isCut(grid) ? [`scrolls by ${grid.scrollWidth - grid.clientWidth}`] : []),
      ...states.map((cell) => `state cut: ${cell.textContent}`),
      ...names.map((header) => `header cut: ${header.textContent}`),
      ...menus.map(() => 'a menu is out of sight'),
      ...(widest < least ? [`no column is wider than ${widest}`] : []),
    ];
    return [...new Set(found)];
  }, NAME_WIDTH_MIN);
}
