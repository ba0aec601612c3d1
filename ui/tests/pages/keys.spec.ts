/** The frame by keyboard alone, in the built app. */
import { expect, test } from './page';

test('the palette leads to a page and the shortcuts open', async ({ page }) => {
  await page.goto('/#/no/such/page');
  await expect(page.getByText('404', { exact: true })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').fill('help');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('all pages of the sidebar stand in a window of 800, folded or not', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/#/');
  const help = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Help' });
  await expect(help).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: 'Fold the sidebar' }).click();
  await expect(help).toBeInViewport({ ratio: 1 });
});

test('the theme and the folded sidebar are kept when they are changed', async ({ page }) => {
  await page.goto('/#/help');
  await page.getByRole('button', { name: 'Fold the sidebar' }).click();
  await expect(page.getByRole('button', { name: 'Unfold the sidebar' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').fill('dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect(page.getByRole('button', { name: 'Unfold the sidebar' })).toBeVisible();
});

test('the skip link is the first stop and leads to the content', async ({ page }) => {
  await page.goto('/#/help');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('a hundred thousand rows are as few elements as one screen, from the first to the last', async ({ page }) => {
  await page.goto('/tests/gallery/index.html?part=table');
  const grid = page.getByRole('grid', { name: 'Plants list' });
  await expect(grid).toHaveAttribute('aria-rowcount', '100001');
  await page.keyboard.press('j');
  await page.keyboard.press('End');
  await expect(page.getByRole('row', { name: /Juniper 100000/ })).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(60);
});
