/** Drafts, the reader, images and review over the host in memory: read, illustrate, approve, publish, undo. */
import { expect, test } from './page';

test('a draft is read, its links stay out of the window, and it goes to review and back', async ({ page }) => {
  await page.goto('/#/drafts');
  await page.getByText('Hot composting: eighteen days').click();
  await expect(page.getByRole('heading', { level: 2, name: /Hot composting/ })).toBeVisible();
  const address = page.url();
  const link = page.getByRole('link', { name: 'Advice of the Royal Horticultural Society' });
  await link.click();
  await link.press('Enter');
  await link.click({ button: 'middle' });
  expect(page.url()).toBe(address);
  expect(page.context().pages()).toHaveLength(1);
  await page.getByRole('button', { name: 'Send to review' }).click();
  await expect(page.getByText('Sent 1 article to review.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Send to review' })).toBeVisible();
});

test('fields are edited and read back', async ({ page }) => {
  await page.goto('/#/articles/601?open=edit');
  const form = page.getByRole('dialog', { name: 'Edit article' });
  await form.getByLabel('Search title').fill('Hot compost');
  await expect(form.getByText('Short · 11 of 60 characters')).toBeVisible();
  await form.getByLabel('Title', { exact: true }).fill('Hot compost in eighteen days');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole('heading', { level: 2, name: 'Hot compost in eighteen days' })).toBeVisible();
});

test('drafts are removed together and come back', async ({ page }) => {
  await page.goto('/#/drafts');
  await expect(page.getByRole('tab', { name: 'Drafts 4' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all loaded rows' }).check();
  await page
    .getByRole('region', { name: 'Actions for the selected rows' })
    .getByRole('button', { name: 'Remove' })
    .click();
  await expect(page.getByText('Removed 4 articles.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('tab', { name: 'Drafts 4' })).toBeVisible();
});

test('images are made at the price on the button', async ({ page }) => {
  await page.goto('/?pace=5#/images');
  await page.getByRole('button', { name: /^Make 4 images about 4 credits · provider \$0.00 · [\d,]+ left$/ }).click();
  await expect(page.getByText('Making images: 4 images made')).toBeVisible();
  await page.getByText('How to fill a raised bed').click();
  await page.getByRole('checkbox', { name: 'Choose Image 1' }).check();
  await page.getByRole('button', { name: /Make the image about 1 credit ·/ }).click();
  await expect(page.getByRole('button', { name: /Open Image 1, .*: Ready/ }).last()).toBeVisible();
});

test('articles are approved by key and published with a receipt', async ({ page }) => {
  await page.goto('/?pace=5#/review');
  await expect(page.getByRole('tab', { name: 'Review 2' })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  await expect(page.getByText('Approved 1 article.')).toBeVisible();
  await page.getByRole('tab', { name: /Approved/ }).click();
  await page.getByRole('button', { name: 'Publish 3 articles' }).click();
  await expect(page.getByRole('dialog')).toContainText('3 of these are outlines.');
  await page.getByRole('dialog').getByRole('button', { name: 'Publish now' }).click();
  await expect(page.getByRole('gridcell', { name: 'Published', exact: true })).toHaveCount(4);
  await page.getByText('How to improve clay soil').hover();
  await page.getByRole('button', { name: 'Receipt: How to improve clay soil in one season' }).click();
  await expect(page.getByRole('dialog', { name: 'Receipt' }).getByRole('row')).toHaveCount(14);
});

test('failed images are tried again at the price on the button', async ({ page }) => {
  await page.goto('/?pace=5#/images');
  const retry = page.getByRole('button', { name: /^Try 1 failed image again about 1 credit · provider \$0.00 · / });
  await retry.click();
  await expect(page.getByText('Making images: 1 image made')).toBeVisible();
  await expect(retry).toBeHidden();
});

test('a picture that cannot be made again stays and says why', async ({ page }) => {
  await page.goto('/?pace=5#/images');
  await page
    .getByRole('button', { name: /Open Featured image.*: Ready/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What it shows').fill('zzz');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const picture = await dialog.locator('img').getAttribute('src');
  await dialog.getByRole('button', { name: /^Make again about 1 credit/ }).click();
  await expect(dialog.getByText('It could not be made again, so this one was kept.')).toBeVisible();
  expect(await dialog.locator('img').getAttribute('src')).toBe(picture);
});

test('a delivery that waits for its site says why and can be tried at once', async ({ page }) => {
  await page.goto('/#/review?tab=approved');
  await page.getByText('How to improve clay soil').click();
  await expect(page.getByRole('heading', { level: 2, name: /clay soil/ })).toBeVisible();
  const [id] = /\d+$/.exec(new URL(page.url()).hash) ?? [];
  await page.goto(`/?pace=5&waits=${id}#/articles/${id}`);
  await expect(page.getByText('fieldnotes.example could not be reached.')).toBeVisible();
  await expect(page.getByText(/^In the outbox for .*: it is tried again by itself/)).toBeVisible();
  await page.getByRole('button', { name: 'Publish now' }).click();
  const question = page.getByRole('dialog').getByRole('button', { name: 'Publish now' });
  await question.click();
  await expect(page.getByText(/could not be reached/)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Receipt' })).toBeVisible();
});

test('an idea is taken out of the queue and comes back', async ({ page }) => {
  await page.goto('/#/drafts?tab=queue');
  const rows = page.getByRole('row').filter({ has: page.getByRole('gridcell') });
  const all = await expect
    .poll(() => rows.count())
    .toBeGreaterThan(0)
    .then(() => rows.count());
  await rows.first().getByRole('checkbox').click();
  await page
    .getByRole('region', { name: 'Actions for the selected rows' })
    .getByRole('button', { name: 'Take out of the queue' })
    .click();
  await expect(page.getByText('Took 1 idea out of the queue.')).toBeVisible();
  await expect(rows).toHaveCount(all - 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows).toHaveCount(all);
});

test('a picture is taken out of its article and comes back', async ({ page }) => {
  await page.goto('/#/images');
  await page.getByText('How to fill a raised bed').click();
  const drawer = page.getByRole('dialog');
  const slots = drawer.getByRole('checkbox');
  await expect(slots).not.toHaveCount(0);
  await expect(drawer.getByText('$0.00 at its provider, seed 1')).toBeVisible();
  const all = await slots.count();
  await drawer.getByRole('checkbox', { name: 'Choose Image 1' }).check();
  await drawer.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('Removed 1 image from its article.')).toBeVisible();
  await expect(slots).toHaveCount(all - 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(slots).toHaveCount(all);
});

test('a draft is written again at a price that is asked about first', async ({ page }) => {
  await page.goto('/?pace=5#/drafts');
  const row = page.getByRole('row').filter({ hasText: 'Hot composting: eighteen days' });
  await row.getByRole('checkbox').click();
  await page
    .getByRole('region', { name: 'Actions for the selected rows' })
    .getByRole('button', { name: 'Write again' })
    .click();
  const question = page.getByRole('dialog', { name: 'Write drafts' });
  await expect(question).toContainText('Provider cost');
  await question.getByRole('button', { name: /^Write 1 draft · about/ }).click();
  await expect(page.getByText(/Writing drafts: 1 draft written/)).toBeVisible();
});

test('an article is seen growing while a vendor writes it', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/?data=past&pace=250#/drafts?tab=queue&');
  await page.getByRole('button', { name: /^Write 1 draft/ }).click();
  const growing = page.getByRole('region', { name: /^Being written: / }).first();
  await expect(growing).toContainText('What it comes down to');
  await expect(growing).toContainText('Common mistakes');
  await expect(growing).toHaveAttribute('aria-live', 'off');
  await expect(page.getByText(/Writing drafts: 1 draft written/)).toBeVisible();
  await expect(growing).toBeHidden();
});

test('what somebody changed on the site is compared and decided by key', async ({ page }) => {
  await page.goto('/?edited=601#/articles/601');
  await page.getByRole('link', { name: 'Compare' }).click();
  await expect(page.getByText('2 differences are still to be decided.')).toBeVisible();
  await page
    .getByRole('group', { name: /^Title/ })
    .getByRole('radio', { name: 'Yours' })
    .focus();
  await page.keyboard.press('Space');
  const last = page.getByRole('group', { name: /^Difference 3 of 3/ });
  await last.getByRole('radio', { name: 'Yours' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(last.getByRole('radio', { name: 'On the site' })).toBeChecked();
  await page.getByRole('tab', { name: 'Result' }).click();
  await expect(page.getByText('Compost in autumn.')).toBeVisible();
  await page.getByRole('button', { name: 'Use the result' }).click();
  await expect(page.getByText(/The article has what you chose/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Compare' })).toBeHidden();
});
