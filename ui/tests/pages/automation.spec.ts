/** Automation: a run is paused, resumed and cancelled, its colours in both themes, its history, and what is chosen. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { contrastRatio } from '../../src/theme/contrast';
import { expect, SCHEMES, test } from './page';

/** Slow enough to pause a stage that runs. */
const PACE = 'pace=40';

/** Begins a run of the sample on the dashboard. */
async function begin(page: Page): Promise<Locator> {
  await page.goto(`/?data=empty&${PACE}#/`);
  await page.getByRole('button', { name: 'Try the sample workspace' }).click();
  await page.getByRole('button', { name: /^Run the pipeline \d/ }).click();
  await page
    .getByRole('dialog', { name: 'Run the pipeline' })
    .getByRole('button', { name: /^Start the run/ })
    .click();
  return page.getByRole('region', { name: 'Pipeline' });
}

async function pause(panel: Locator): Promise<void> {
  await panel.getByRole('button', { name: 'Pause' }).click();
  await expect(panel.getByText('Paused', { exact: true })).toBeVisible();
}

/** The computed fill and ink of a button, as `#RRGGBB`. */
async function colorsOf(button: Locator): Promise<{ fill: string; ink: string }> {
  return button.evaluate((element) => {
    const hex = (color: string) =>
      `#${(color.match(/\d+/g) ?? [])
        .slice(0, 3)
        .map((part) => Number(part).toString(16).padStart(2, '0'))
        .join('')}`;
    const { backgroundColor, color } = getComputedStyle(element);
    return { fill: hex(backgroundColor), ink: hex(color) };
  });
}

/** Its colours, once it is filled as it is to be. */
async function filled(button: Locator, isAsMeant: (hue: number) => boolean): Promise<{ fill: string; ink: string }> {
  await expect.poll(async () => isAsMeant(hueOf((await colorsOf(button)).fill)), { message: 'its fill' }).toBe(true);
  return colorsOf(button);
}

/** Hue in degrees, to tell amber from green and red whatever the exact shade. */
function hueOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const most = Math.max(red, green, blue);
  const span = most - Math.min(red, green, blue) || 1;
  if (most === red) return (60 * ((green - blue) / span) + 360) % 360;
  return most === green ? 60 * ((blue - red) / span + 2) : 60 * ((red - green) / span + 4);
}

for (const colorScheme of SCHEMES) {
  test(`pause is solid amber, resume solid green and cancel solid red in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const panel = await begin(page);
    const amber = await filled(panel.getByRole('button', { name: 'Pause' }), (hue) => hue > 40 && hue < 50);
    expect(amber.fill).toBe('#f2b705');
    const cancel = panel.getByRole('button', { name: 'Cancel run', exact: true });
    const red = await filled(cancel, (hue) => hue < 20 || hue > 340);
    await pause(panel);
    // In its colour once its price is known.
    const resume = panel.getByRole('button', { name: /^Resume .* left$/ });
    const green = await filled(resume, (hue) => hue > 130 && hue < 170);
    for (const { fill, ink } of [amber, red, green])
      expect(contrastRatio(fill, ink), `${ink} on ${fill}`).toBeGreaterThanOrEqual(4.5);
    expect(hueOf(amber.ink) >= 0 && contrastRatio(amber.ink, '#000000') < 2, 'dark ink on amber').toBe(true);
    const edge = await panel.evaluate((element) => getComputedStyle(element).borderInlineStartColor);
    expect(edge, 'an amber edge while it stands still').toBe('rgb(242, 183, 5)');
  });
}

test('all AI work is paused at one word, which every page says, and goes on at another', async ({ page }) => {
  const panel = await begin(page);
  await expect(panel.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.getByRole('link', { name: 'Automation', exact: true }).click();
  await page.getByRole('button', { name: 'Pause all AI work' }).click();
  const banner = page.getByRole('region', { name: 'All AI work is paused' });
  await expect(banner).toContainText('publishing does');
  await expect(page.getByRole('button', { name: 'Pause all AI work' })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Pipeline' }).getByText('Paused', { exact: true })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole('link', { name: 'Calendar', exact: true }).click();
  const resume = banner.getByRole('button', { name: /^Resume all/ });
  await expect(resume, 'what it costs stands on the button').toContainText(/\d+.*credits · provider \$.* left/);
  await page.screenshot({ path: 'test-results/look/all-paused.png' });
  await resume.click();
  await expect(banner).toHaveCount(0);
  await page.getByRole('link', { name: 'Automation', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Pipeline' }).getByText('Paused', { exact: true })).toHaveCount(0);
});

test('a run is paused after its item, resumed at a price, and cancelled after a question', async ({ page }) => {
  const panel = await begin(page);
  await expect(panel.getByRole('heading', { name: /^Now/ })).toBeVisible();
  await pause(panel);
  await expect(panel.getByText('Nothing is spent until you resume.', { exact: false })).toBeVisible();
  const used = await panel.getByText('Credits used').locator('..').textContent();
  await page.getByRole('link', { name: 'Automation', exact: true }).click();
  const same = page.getByRole('region', { name: 'Pipeline' });
  await expect(same.getByText('Paused', { exact: true })).toBeVisible();
  expect(await same.getByText('Credits used').locator('..').textContent()).toBe(used);
  await expect(page.getByRole('region', { name: /^Needs you/ }).getByText('Is paused and waits.')).toBeVisible();

  await same.getByRole('button', { name: /^Resume/ }).click();
  await page.getByRole('dialog', { name: 'Resume the run' }).getByRole('button', { name: 'Resume' }).click();
  await expect(same.getByRole('button', { name: 'Pause' })).toBeVisible();
  await same.getByRole('button', { name: 'Cancel run', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Cancel run' });
  await expect(question).toContainText('Everything made so far stays');
  await question.getByRole('button', { name: 'Cancel run' }).click();
  await expect(page.getByText('Stopped. What was finished is kept; a new run does what is left.')).toBeVisible();

  await page.getByRole('tab', { name: /^Runs/ }).click();
  await page.getByRole('link', { name: /^Open the run of/ }).click();
  await expect(page.getByRole('heading', { name: 'Run', exact: true })).toBeVisible();
  const log = page.getByRole('region', { name: /^Log/ });
  for (const line of ['The run began', 'Paused', 'Resumed', 'The run ended'])
    await expect(log.getByText(line, { exact: true })).toBeVisible();
});

test('the panel moves with every item, with the credits used and what is done by name', async ({ page }) => {
  const panel = await begin(page);
  const done = panel.getByRole('region', { name: /^Done/ });
  await expect(done.getByRole('listitem').first()).toBeVisible({ timeout: 30_000 });
  await expect(panel.getByText(/\d+ of \d+/).first()).toBeVisible();
  const figure = panel.getByText('Credits used').locator('..');
  const before = await figure.textContent();
  await expect(figure).not.toHaveText(before ?? '', { timeout: 30_000 });
});

test('every tab keeps its distance from the edges of the window', async ({ page }) => {
  for (const tab of ['overview', 'runs', 'settings']) {
    await page.goto(`/#/automation?tab=${tab}`);
    const body = page.getByRole('tabpanel').locator('> div > *').first();
    await expect(body).toBeVisible();
    const [inner, outer] = [await body.boundingBox(), await page.getByRole('main').boundingBox()];
    expect((inner?.x ?? 0) - (outer?.x ?? 0), tab).toBeGreaterThanOrEqual(16);
    expect((inner?.y ?? 0) - (outer?.y ?? 0), tab).toBeGreaterThanOrEqual(16);
  }
});

test('what is chosen for runs is saved, refused in words, and taken back to the defaults', async ({ page }) => {
  await page.goto('/#/automation?tab=settings');
  await page.getByRole('switch', { name: 'Begin runs by themselves' }).click({ force: true });
  await page.getByRole('combobox', { name: 'How often' }).click();
  await page.getByRole('option', { name: 'On days of the week' }).click();
  await page.getByRole('checkbox', { name: 'Sun' }).uncheck();
  await page.getByLabel('Share of credits, % of Drafts').fill('50');
  await expect(page.getByText('The shares come to 110 %. They must come to 100.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await page.getByLabel('Share of credits, % of Images').fill('20');
  await page.getByLabel('Batch of Drafts').fill('5');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^Saved what is chosen for the runs of/)).toBeVisible();
  await page.getByRole('tab', { name: 'Now' }).click();
  await expect(page.getByText('Mon, Tue, Wed, Thu, Fri, Sat at 09:00', { exact: false })).toBeVisible();
  await expect(page.getByText(/^Next run: .*, 09:00 · Berlin \(/)).toBeVisible();
  await page.getByRole('tab', { name: 'Settings' }).click();
  await expect(page.getByLabel('Batch of Drafts')).toHaveValue('5');
  await page.getByRole('button', { name: 'Back to the defaults' }).click();
  await expect(page.getByLabel('Batch of Drafts')).toHaveValue('');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Batch of Drafts')).toHaveValue('5');
});

const VIEWS: readonly { name: string; show: (page: Page) => Promise<void> }[] = [
  {
    name: 'running',
    show: async (page) => {
      const panel = await begin(page);
      await expect(panel.getByRole('region', { name: /^Done/ }).getByRole('listitem').first()).toBeVisible();
    },
  },
  {
    name: 'paused',
    show: async (page) => {
      await pause(await begin(page));
      await page.getByRole('link', { name: 'Automation', exact: true }).click();
      await expect(page.getByRole('region', { name: /^Needs you/ })).toBeVisible();
    },
  },
  {
    name: 'history',
    show: async (page) => {
      const panel = await begin(page);
      await pause(panel);
      await page.getByRole('link', { name: 'Automation', exact: true }).click();
      await page.getByRole('tab', { name: /^Runs/ }).click();
      await expect(page.getByRole('table', { name: 'Runs' })).toBeVisible();
    },
  },
  {
    name: 'run',
    show: async (page) => {
      const panel = await begin(page);
      await pause(panel);
      await page.getByRole('link', { name: 'Automation', exact: true }).click();
      await page.getByRole('tab', { name: /^Runs/ }).click();
      await page.getByRole('link', { name: /^Open the run of/ }).click();
      await expect(page.getByRole('region', { name: /^Log/ })).toBeVisible();
    },
  },
  {
    name: 'settings',
    show: async (page) => {
      await page.goto('/#/automation?tab=settings');
      await expect(page.getByRole('button', { name: 'Save' })).toBeVisible();
    },
  },
  {
    name: 'nothing',
    show: async (page) => {
      await page.goto('/#/automation');
      await expect(page.getByRole('region', { name: /^Needs you/ })).toBeVisible();
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
      for (const size of [
        { width: 1280, height: 800 },
        { width: 1600, height: 1000 },
      ]) {
        await page.setViewportSize(size);
        await page.screenshot({ path: `test-results/look/automation-${name}-${size.width}-${colorScheme}.png` });
      }
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    });
  }
}
