/** What is public over the host in memory: listed with its proof, and reached from the dashboard. */
import { expect, test } from './page';

const APPLE = 'How to prune an apple tree in winter';

test('lists what is public with its address, its time and its proof', async ({ page }) => {
  await page.goto('/#/published');
  const row = page.getByRole('row', { name: new RegExp(APPLE) });
  await expect(row).toContainText('Published');
  await expect(page.getByRole('row', { name: /How to improve clay soil/ })).toHaveCount(0);
  await row.hover();
  await row.getByRole('button', { name: 'Receipt' }).click();
  await expect(page.getByRole('dialog')).toContainText(APPLE);
  await page.keyboard.press('Escape');
  await row.click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: APPLE })).toBeVisible();
});

test('says what will be here while nothing is public', async ({ page }) => {
  await page.goto('/?data=empty#/');
  await page.getByRole('button', { name: 'Try the sample workspace' }).click();
  await page.getByRole('link', { name: 'Published', exact: true }).click();
  await page.getByRole('link', { name: 'Go to what is approved' }).click();
  await expect(page.getByRole('tab', { name: /^Approved/, selected: true })).toBeVisible();
});
