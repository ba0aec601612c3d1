/** Credits, AI tasks and notifications over the host in memory. */
import { expect, test } from './page';

test('credits are added and stand on the statement', async ({ page }) => {
  await page.goto('/#/credits');
  await page.getByRole('button', { name: 'Add credits' }).click();
  const form = page.getByRole('dialog', { name: 'Add extra credits' });
  await form.getByLabel('Credits').fill('none');
  await form.getByRole('button', { name: 'Add' }).click();
  await expect(form.getByText('This is no number. Write it in digits.')).toBeVisible();
  await form.getByLabel('Credits').fill('25');
  await form.getByLabel('Note').fill('For the autumn');
  await form.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('row', { name: /For the autumn/ })).toContainText('998');
});

test('a budget says when it counts', async ({ page }) => {
  await page.goto('/#/credits');
  await page.getByRole('tab', { name: 'Budget and limits' }).click();
  await page.getByRole('button', { name: 'Change the budget' }).click();
  const form = page.getByRole('dialog', { name: 'Monthly budget' });
  await expect(form).toContainText('A change counts from the next turn of the month');
  await form.getByLabel('Credits a month').fill('1500');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('of this month’s 1,000 credits used', { exact: false })).toBeVisible();
  await expect(page.getByText('Each next month has 1,500.', { exact: false })).toBeVisible();
});

test('AI tasks are filtered and opened', async ({ page }) => {
  await page.goto('/#/operations');
  await page.getByRole('combobox', { name: 'Task' }).click();
  await page.getByRole('option', { name: 'Make images' }).click();
  await expect(page.getByRole('grid').getByText('Make images')).toHaveCount(3);
  await page.getByRole('gridcell', { name: '11 of 11 · 1 failed' }).click();
  const details = page.getByRole('dialog', { name: 'Make images' });
  await expect(details.getByRole('row')).toHaveCount(12);
  await expect(details.getByText('The answer of the provider could not be read.').first()).toBeVisible();
});

test('notifications lead to what they are about and are read then', async ({ page }) => {
  await page.goto('/#/notifications');
  await expect(page.getByRole('link', { name: '7 unread notifications' })).toBeVisible();
  await page.getByText('Finding ideas failed.').click();
  await expect(page.getByRole('dialog', { name: 'Find ideas' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: '6 unread notifications' }).click();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(page.getByRole('link', { name: 'Notifications' }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Mark all as read' })).toBeHidden();
});

test('notifications are removed and come back', async ({ page }) => {
  await page.goto('/#/notifications');
  await page.getByRole('checkbox', { name: 'Select all loaded rows' }).check();
  await page
    .getByRole('region', { name: 'Actions for the selected rows' })
    .getByRole('button', { name: 'Remove' })
    .click();
  await expect(page.getByText('Removed 15 notifications.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Notifications 15' })).toBeVisible();
});
