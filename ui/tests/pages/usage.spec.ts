/** Usage, limits, exports and reconciliation over the host in memory: by pointer, by keyboard, in both themes. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, SCHEMES, test } from './page';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1600, height: 1000 },
] as const;

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('usage is summed over a span and a site, which stand in the address', async ({ page }) => {
  await page.goto('/#/usage');
  const used = page.getByRole('region', { name: 'Credits used' });
  await expect(used).toContainText('77');
  await page.getByRole('combobox', { name: 'Site' }).click();
  await page.getByRole('option', { name: 'Ofenbau Krämer' }).click();
  await expect(used).toContainText('8');
  await page.getByText('All time', { exact: true }).first().click();
  await expect(page).toHaveURL(/period=all/);
  await expect(page).toHaveURL(/for=/);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'All time' })).toBeChecked();
  await expect(used).toContainText('8');
});

test('the days are a picture with a sentence, and the same numbers as a table by keyboard', async ({ page }) => {
  await page.goto('/?data=past#/usage');
  const picture = page.getByRole('img', { name: /^Credits by operation from .+ in all\. The most was used on/ });
  await expect(picture).toBeVisible();
  await expect(bars(page).first()).toBeVisible();
  await page.getByRole('radiogroup', { name: 'How it is drawn' }).getByRole('radio', { name: 'Chart' }).focus();
  await page.keyboard.press('ArrowRight');
  const days = page.getByRole('region', { name: 'The days in numbers' });
  await expect(days.getByRole('columnheader')).toContainText(['Day', 'Clustering', 'Ideas', 'Drafts']);
  await expect(days.getByRole('row')).toHaveCount(31);
  await page.keyboard.press('Tab');
  await expect(days).toBeFocused();
});

test('what stands out and what was dearest lead to the article', async ({ page }) => {
  await page.goto('/?data=past#/usage');
  await page.getByText('90 days', { exact: true }).click();
  const out = page.getByRole('region', { name: 'Stands out' });
  await expect(out).toContainText('times the average of the other articles');
  await out.getByRole('link', { name: 'Water butts: what to do in which month' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^Water butts/ })).toBeVisible();
  const cost = page.getByRole('region', { name: 'Cost', exact: true });
  await expect(cost.getByRole('row', { name: /^Writing 24 \$0\.02$/ })).toBeVisible();
  await expect(cost.getByRole('row', { name: /^In all 28 \$0\.06$/ })).toBeVisible();
  await cost.getByRole('button', { name: 'Show every step' }).click();
  const steps = page.getByRole('dialog', { name: 'Paid steps of this article' });
  await expect(steps.getByRole('row')).toHaveCount(6);
  await steps.getByRole('link', { name: 'Drafts' }).click();
  await expect(page.getByRole('dialog', { name: 'Write drafts' })).toBeVisible();
});

test('articles are listed by what they cost, and opened', async ({ page }) => {
  await page.goto('/?data=past#/usage');
  await page.getByRole('tab', { name: 'Articles' }).click();
  await expect(page.getByRole('row').nth(1)).toContainText('Water butts');
  await page.getByRole('searchbox').fill('compost');
  await expect(page.getByRole('row').nth(1)).toContainText(/compost/i);
  await page.getByRole('gridcell', { name: /^Hot composting/ }).click();
  await expect(page.getByRole('heading', { level: 2, name: /Hot composting/ })).toBeVisible();
});

test('nothing used says so and leads on; a summary that fails says why', async ({ page }) => {
  await page.goto('/?data=empty#/usage');
  await expect(page.getByText('No AI work was done in this time span.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all time' }).click();
  await expect(page.getByText('What AI work consumed and cost is summed here, once there was any.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Go to keywords' })).toBeVisible();
  await page.goto('/?fail=usageSummary#/usage');
  await expect(page.getByText('Something went wrong inside Igny8.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('a limit is set, refuses work with the reason, and is cleared and put back', async ({ page }) => {
  await page.goto('/#/credits');
  await page.getByRole('tab', { name: 'Budget and limits' }).click();
  await page.getByRole('button', { name: 'Set: Field Notes' }).click();
  const form = page.getByRole('dialog', { name: 'Limit: Field Notes' });
  await form.getByLabel('Credits at most').fill('many');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('This is no number. Write it in digits.')).toBeVisible();
  await form.getByLabel('Credits at most').fill('0');
  await page.keyboard.press('Enter');
  await expect(form).toBeHidden();
  await expect(page.getByRole('progressbar', { name: /^Field Notes: \d+ used$/ })).toBeVisible();
  await page.getByRole('link', { name: 'Clusters', exact: true }).click();
  await page.getByRole('button', { name: /^Find ideas for/ }).click();
  await expect(page.getByText(/^The limit of this site leaves 0 credits this month; this needs \d+\./)).toBeVisible();
  await page.getByRole('link', { name: 'Credits', exact: true }).click();
  await page.getByRole('tab', { name: 'Budget and limits' }).click();
  await page.getByRole('button', { name: 'Clear: Field Notes' }).click();
  await expect(page.getByText('Cleared the limit: Field Notes.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Set: Field Notes' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Change: Field Notes' })).toBeVisible();
});

test('warnings have a threshold', async ({ page }) => {
  await page.goto('/#/credits');
  await page.getByRole('tab', { name: 'Budget and limits' }).click();
  const warnings = page.getByRole('region', { name: 'Warnings' });
  await expect(warnings).toContainText('less than 20% of what was granted');
  await warnings.getByRole('button', { name: 'Change' }).click();
  const form = page.getByRole('dialog', { name: 'Warnings' });
  await form.getByRole('textbox').fill('120');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Out of range: write at most 100 percent.')).toBeVisible();
  await form.getByRole('textbox').fill('0');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(warnings).toContainText('You are not told when credits run low.');
});

test('all paid work stops in one click and a question, says so on every page, and goes on again', async ({ page }) => {
  await page.goto('/#/credits');
  await page.getByRole('button', { name: 'Stop all paid work' }).click();
  const question = page.getByRole('dialog', { name: 'Stop all paid work' });
  await expect(question).toContainText('its answer is kept and charged');
  await question.getByRole('button', { name: 'Stop all paid work' }).click();
  const banner = page.getByRole('region', { name: 'Paid work is stopped' });
  await expect(banner).toContainText('All paid work has been stopped since');
  for (const name of ['Dashboard', 'Keywords', 'Ideas', 'Images']) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(banner).toBeVisible();
  }
  const make = page.getByRole('button', { name: /^Make \d images/ });
  await expect(make).toHaveAttribute('aria-disabled', 'true');
  await make.hover();
  await expect(page.getByText('All paid work is stopped.').last()).toBeVisible();
  await banner.getByRole('button', { name: 'Allow paid work again' }).click();
  await expect(banner).toBeHidden();
  await expect(make).toHaveAttribute('aria-disabled', 'false');
});

test('the books are checked on demand and exported', async ({ page }) => {
  await page.goto('/?data=past#/credits');
  await expect(page.getByText('checked 12 minutes ago')).toBeVisible();
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByText('checked now')).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Ledger, as a journal for hledger' }).click();
  await expect(page.getByText(/^Exported [\d,]+ entries to \/home\/you\/igny8\.journal$/)).toBeVisible();
});

test('a usage file is compared with the books, side by side', async ({ page }) => {
  await page.goto('/?data=past#/credits');
  await page.getByRole('link', { name: 'Compare with a provider’s file' }).click();
  await page.getByRole('button', { name: 'Choose a usage file' }).click();
  await expect(page.getByText(/^The two sides differ: \d+ matched lines say something else/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Difference' })).toContainText('matched lines differ');
  await page.getByRole('tab', { name: /^Ours only/ }).click();
  await page.getByRole('gridcell', { name: /^req_/ }).first().click();
  await expect(page.getByRole('dialog').getByRole('row').first()).toBeVisible();
  await page.goBack();
});

test('a usage file can be dropped; one that cannot be read says why and takes another', async ({ page }) => {
  await page.goto('/?data=past#/reconciliation');
  await expect(page.getByText(/^Choose the usage file that a provider/)).toBeVisible();
  await drop(page, 'campaign_report.csv');
  await expect(page.getByText('No column of this file tells one request from another.')).toBeVisible();
  await page.getByText('Details for support').click();
  await expect(page.getByText('Headers found: Campaign, Clicks, Impressions')).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Choose another file' }).click();
  await expect(page.getByText(/^The two sides differ/)).toBeVisible();
});

test('a file that names nothing of ours is told from one that matches', async ({ page }) => {
  await page.goto('/#/reconciliation');
  await page.getByRole('button', { name: 'Choose a usage file' }).click();
  await expect(page.getByText('Neither side has any use in this span.')).toBeVisible();
  await expect(page.getByText('No line of the file was found in the books.')).toBeVisible();
});

const VIEWS: readonly { name: string; show: (page: Page) => Promise<void> }[] = [
  {
    name: 'usage',
    show: async (page) => {
      await page.goto('/?data=past#/usage');
      await expect(bars(page).first()).toBeVisible();
    },
  },
  {
    name: 'usage-table',
    show: async (page) => {
      await page.goto('/?data=past#/usage');
      await page.getByText('Provider cost', { exact: true }).nth(1).click();
      await page.getByText('Table', { exact: true }).click();
      await expect(page.getByRole('region', { name: 'The days in numbers' })).toBeVisible();
    },
  },
  {
    name: 'usage-few',
    show: async (page) => {
      await page.goto('/#/usage');
      await expect(bars(page).first()).toBeVisible();
    },
  },
  {
    name: 'usage-empty',
    show: async (page) => {
      await page.goto('/?data=empty#/usage');
      await expect(page.getByRole('button', { name: 'Show all time' })).toBeVisible();
    },
  },
  {
    name: 'usage-failed',
    show: async (page) => {
      await page.goto('/?fail=usageSummary#/usage');
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    },
  },
  {
    name: 'usage-articles',
    show: async (page) => {
      await page.goto('/?data=past#/usage');
      await page.getByRole('tab', { name: 'Articles' }).click();
      await expect(page.getByRole('gridcell').first()).toBeVisible();
    },
  },
  {
    name: 'limits',
    show: async (page) => {
      await page.goto('/?data=past#/credits');
      await page.getByRole('tab', { name: 'Budget and limits' }).click();
      await expect(page.getByRole('button', { name: 'Change: Field Notes' })).toBeVisible();
    },
  },
  {
    name: 'reconciliation-empty',
    show: async (page) => {
      await page.goto('/#/reconciliation');
      await expect(page.getByRole('button', { name: 'Choose a usage file' })).toBeVisible();
    },
  },
  {
    name: 'reconciliation',
    show: async (page) => {
      await page.goto('/?data=past#/reconciliation');
      await page.getByRole('button', { name: 'Choose a usage file' }).click();
      await expect(page.getByText(/^The two sides differ/)).toBeVisible();
    },
  },
  {
    name: 'article-cost',
    show: async (page) => {
      await page.goto('/?data=past#/articles/50058');
      await page.getByRole('button', { name: 'Show every step' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
];

for (const colorScheme of SCHEMES) {
  for (const { name, show } of VIEWS) {
    test(`${name} in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await show(page);
      await page.evaluate(() => document.fonts.ready);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await page.screenshot({ path: `test-results/look/${name}-${size.width}-${colorScheme}.png` });
      }
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    });
  }
}

/** What the chart draws; a part of a day without any amount draws nothing. */
function bars(page: Page) {
  return page.locator('path.recharts-rectangle');
}

/** Drops a file on the window, as the system's file browser does. */
async function drop(page: Page, name: string) {
  await page.evaluate((file) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], file));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
  }, name);
}
