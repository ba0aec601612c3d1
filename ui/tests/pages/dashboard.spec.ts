/** The dashboard from a first start to reviewed articles: the sample, the pipeline, its ends, both themes. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, SCHEMES, test } from './page';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1600, height: 1000 },
] as const;

/** Slow enough to see a stage run, quick enough for a whole pipeline. */
const PACE = 'pace=4';

test('a run whose model has ended is not begun, names the successor, and is mended in one step', async ({ page }) => {
  await page.goto(`/?data=retired&${PACE}#/`);
  const sentence = page.getByText(/^GPT-5 was ended by its vendor on .* Switch to gpt-6.1-terra/);
  await expect(sentence).toBeVisible();
  const start = page.getByRole('button', { name: /^Run the pipeline/ });
  await expect(start).toHaveAttribute('data-disabled', 'true');
  await page.getByRole('button', { name: 'Switch to GPT-6.1 Terra' }).click();
  await expect(page.getByText('GPT-6.1 Terra takes the place of GPT-5 in 1 place.')).toBeVisible();
  await expect(sentence).toBeHidden();
  await start.click();
  const question = page.getByRole('dialog', { name: 'Run the pipeline' });
  await question.getByRole('button', { name: /^Start the run/ }).click();
  await expect(page.getByRole('button', { name: 'Cancel run', exact: true })).toBeVisible();
});

test('a first start leads from the sample to articles that wait for review, without a reload', async ({ page }) => {
  await page.goto(`/?data=empty&${PACE}#/`);
  await page.getByRole('button', { name: 'Try the sample workspace' }).click();
  const steps = page.getByRole('navigation', { name: 'Workflow' });
  await expect(steps.getByRole('link', { name: /^Keywords/ })).toContainText('40');
  await expect(page.getByRole('button', { name: /Morning Cup/ })).toBeVisible();
  const balance = page.getByRole('region', { name: 'Balance' });
  const before = (await balance.textContent()) ?? '';
  await page
    .getByRole('button', { name: /^Run the pipeline \d+–\d+ credits · provider \$0.00 · \d+–\d+ left$/ })
    .click();
  const question = page.getByRole('dialog', { name: 'Run the pipeline' });
  await expect(question.getByRole('row', { name: /^Cluster keywords 40 4 \$0.00$/ })).toBeVisible();
  await expect(question.getByRole('row', { name: /^In all/ })).toBeVisible();
  await question.getByRole('button', { name: /^Start the run · at most \d+ credits$/ }).click();
  const stages = page.getByRole('list', { name: 'Stages of the pipeline' });
  await expect(stages.getByText('Drafts')).toHaveAttribute('aria-current', 'step', { timeout: 30_000 });
  await expect(page.getByRole('progressbar', { name: 'Writing drafts' })).toBeVisible();
  await expect(page.getByText(/\d+ of \d+ · \d+ credits/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel run', exact: true })).toBeVisible();

  await expect(page.getByText(/^Done: \d+ articles wait for review$/)).toBeVisible({ timeout: 60_000 });
  await expect(steps.getByRole('link', { name: /^Clusters/ })).toContainText('All have ideas');
  await expect(steps.getByRole('link', { name: /^Review/ })).toContainText('Read and approve');
  await expect(balance).not.toHaveText(before);
  await expect(page.getByRole('region', { name: 'Recent AI tasks' }).getByRole('listitem')).toHaveCount(5);
  await expect(page.getByRole('region', { name: 'Recent notices' }).getByRole('listitem')).toHaveCount(5);
  await expect(page.getByRole('link', { name: 'Review', exact: true }).first()).toBeVisible();
});

test('a run that is cancelled says what is kept and goes on later', async ({ page }) => {
  await page.goto(`/?data=empty&${PACE}#/`);
  await page.getByRole('button', { name: 'Try the sample workspace' }).click();
  await run(page);
  await page.getByRole('button', { name: 'Cancel run', exact: true }).click();
  const asked = page.getByRole('dialog', { name: 'Cancel run' });
  await expect(asked).toContainText('Everything made so far stays');
  await asked.getByRole('button', { name: 'Cancel run' }).click();
  await expect(page.getByText('Stopped. What was finished is kept; a new run does what is left.')).toBeVisible();
  await run(page);
  await expect(page.getByRole('button', { name: 'Cancel run', exact: true })).toBeVisible();
});

test('a run that is cancelled finishes its item, and is stopped at once when it is asked again', async ({ page }) => {
  await page.goto('/?data=empty&pace=600#/');
  await page.getByRole('button', { name: 'Try the sample workspace' }).click();
  await run(page);
  await page.getByRole('button', { name: 'Cancel run', exact: true }).click();
  await page.getByRole('dialog', { name: 'Cancel run' }).getByRole('button', { name: 'Cancel run' }).click();
  await expect(page.getByText('Stopping after this item')).toBeVisible();
  await page.getByRole('button', { name: 'Stop now', exact: true }).click();
  const asked = page.getByRole('dialog', { name: 'Stop now' });
  await expect(asked).toContainText('requests that are under way are closed');
  await asked.getByRole('button', { name: 'Stop now' }).click();
  await expect(page.getByText('Stopped. What was finished is kept; a new run does what is left.')).toBeVisible();
});

test('a run has a limit of its own, and ends where the limit does', async ({ page }) => {
  await page.goto(`/?data=empty&${PACE}#/`);
  await page.getByRole('button', { name: 'Try the sample workspace' }).click();
  await page.getByRole('button', { name: /^Run the pipeline \d/ }).click();
  const question = page.getByRole('dialog', { name: 'Run the pipeline' });
  const limit = question.getByLabel('Most this run may spend, in credits');
  await limit.fill('none');
  await expect(question.getByText('This is no number. Write it in digits.')).toBeVisible();
  await expect(question.getByRole('button', { name: 'Start the run' })).toBeDisabled();
  await limit.fill('8');
  await expect(question.getByText(/^Below the most it may cost/)).toBeVisible();
  await limit.press('Enter');
  await expect(question).toBeHidden();
  await expect(
    page.getByText('Stopped: The limit of the run was reached. What was finished is kept.').first(),
  ).toBeVisible({ timeout: 30_000 });
});

test('a run that a crash has interrupted says where it was, and goes on when it is told to', async ({ page }) => {
  await page.goto('/?data=interrupted#/');
  const panel = page.getByRole('region', { name: 'Pipeline' });
  await expect(panel.getByText('Interrupted', { exact: true })).toBeVisible();
  await expect(panel.getByText(/\d+ steps? waits?, 6 credits held for it/)).toBeVisible();
  await expect(panel.getByText(/^Done/)).toBeHidden();
  await panel.getByRole('button', { name: /^Resume \d+–\d+ credits · provider \$0.00 · [\d,]+–[\d,]+ left$/ }).click();
  const question = page.getByRole('dialog', { name: 'Resume the run' });
  await expect(question.getByRole('row', { name: /^Write drafts/ })).toBeVisible();
  await expect(question.getByText(/^The run may still spend \d+ of its limit of \d+ credits/)).toBeVisible();
  await question.getByRole('button', { name: 'Resume' }).click();
  await expect(panel.getByRole('progressbar', { name: 'Writing drafts' })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Cancel run' })).toBeVisible();
  await expect(panel.getByText('Interrupted', { exact: true })).toBeHidden();
});

test('a run that a crash has interrupted is given up after a question', async ({ page }) => {
  await page.goto('/?data=interrupted#/operations');
  const main = page.getByRole('main');
  await expect(main.getByRole('row', { name: /Write drafts.*Interrupted/ })).toBeVisible();
  await main.getByRole('button', { name: 'Cancel run' }).click();
  const question = page.getByRole('dialog', { name: 'Cancel run' });
  await expect(question).toContainText('What was made and paid stays');
  await question.getByRole('button', { name: 'Cancel run' }).click();
  await expect(main.getByRole('row', { name: /Write drafts.*Stopped/ }).first()).toBeVisible();
  await expect(main.getByRole('button', { name: 'Resume' })).toBeHidden();
});

test('the notice of an interruption leads to the pipeline', async ({ page }) => {
  await page.goto('/?data=interrupted#/notifications');
  await page.getByText(/Igny8 was closed or crashed while it was at work for Field Notes/).click();
  await expect(page.getByRole('region', { name: 'Pipeline' }).getByText('Interrupted', { exact: true })).toBeVisible();
});

test('the sample goes in one click and comes back', async ({ page }) => {
  await page.goto('/?data=empty#/');
  await page.getByRole('button', { name: 'Try the sample workspace' }).click();
  await page.getByRole('button', { name: 'Delete the sample' }).click();
  await expect(page.getByRole('button', { name: 'Try the sample workspace' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: /^Run the pipeline/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Keywords 40/ })).toBeVisible();
});

test('a host that does not answer is said in words, with a way to try again', async ({ page }) => {
  await page.goto('/?fail=completion#/');
  await expect(page.getByRole('alert')).toContainText('Something went wrong inside Igny8.');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});

const VIEWS: readonly { name: string; show: (page: Page) => Promise<void> }[] = [
  {
    name: 'first-start',
    show: async (page) => {
      await page.goto('/?data=empty#/');
      await expect(page.getByRole('button', { name: 'Try the sample workspace' })).toBeVisible();
    },
  },
  {
    name: 'at-work',
    show: async (page) => {
      await page.goto('/?vault=absent#/');
      await expect(page.getByRole('button', { name: /^Run the pipeline \d/ })).toBeVisible();
    },
  },
  {
    name: 'sample',
    show: async (page) => {
      await page.goto('/?data=empty#/');
      await page.getByRole('button', { name: 'Try the sample workspace' }).click();
      await expect(page.getByRole('button', { name: /^Run the pipeline \d/ })).toBeVisible();
    },
  },
  {
    name: 'run-question',
    show: async (page) => {
      await page.goto('/?data=past#/');
      await page.getByRole('button', { name: /^Run the pipeline \d/ }).click();
      await expect(page.getByRole('button', { name: /^Start the run/ })).toBeVisible();
    },
  },
  {
    name: 'stopped',
    show: async (page) => {
      await page.goto('/#/credits');
      await page.getByRole('button', { name: 'Stop all paid work' }).click();
      await page.getByRole('button', { name: 'Stop all paid work' }).last().click();
      await page.getByRole('link', { name: 'Dashboard', exact: true }).click();
      await expect(page.getByRole('button', { name: 'Allow paid work again' })).toBeVisible();
    },
  },
  {
    name: 'interrupted',
    show: async (page) => {
      await page.goto('/?data=interrupted#/');
      await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
    },
  },
  {
    name: 'interrupted-question',
    show: async (page) => {
      await page.goto('/?data=interrupted#/');
      await page.getByRole('button', { name: 'Cancel run' }).click();
      await expect(page.getByRole('dialog', { name: 'Cancel run' })).toBeVisible();
    },
  },
  {
    name: 'going-on-question',
    show: async (page) => {
      await page.goto('/?data=interrupted#/');
      await page.getByRole('button', { name: /^Resume \d/ }).click();
      await expect(page.getByRole('dialog', { name: 'Resume the run' })).toBeVisible();
    },
  },
  {
    name: 'interrupted-tasks',
    show: async (page) => {
      await page.goto('/?data=interrupted#/operations');
      await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
    },
  },
  {
    name: 'running',
    show: async (page) => {
      await page.goto('/?data=empty&pace=60#/');
      await page.getByRole('button', { name: 'Try the sample workspace' }).click();
      await run(page);
      await expect(page.getByRole('progressbar', { name: 'Writing drafts' })).toBeVisible({ timeout: 30_000 });
    },
  },
  {
    name: 'done',
    show: async (page) => {
      await page.goto('/?data=empty&pace=0#/');
      await page.getByRole('button', { name: 'Try the sample workspace' }).click();
      await run(page);
      await expect(page.getByText(/^Done: /)).toBeVisible({ timeout: 120_000 });
    },
  },
];

for (const colorScheme of SCHEMES) {
  for (const { name, show } of VIEWS) {
    test(`${name} in ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await show(page);
      await page.evaluate(() => document.fonts.ready);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await page.screenshot({ path: `test-results/look/dashboard-${name}-${size.width}-${colorScheme}.png` });
      }
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    });
  }
}

/** Starts the pipeline at its price. */
async function run(page: Page) {
  await page.getByRole('button', { name: /^Run the pipeline \d/ }).click();
  await page
    .getByRole('dialog', { name: 'Run the pipeline' })
    .getByRole('button', { name: /^Start the run/ })
    .click();
}
