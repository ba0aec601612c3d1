import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { fakeHost } from '../../host/fake';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';

const NOW = new Date('2026-11-23T09:00:00Z');
const HOUR_MS = 3_600_000;

it('shows what failed, what was missed, what waits for its proof and what the site does not have yet', async () => {
  const data = sampleData(NOW);
  const site = data.sites[0];
  const sectors = data.sectors.filter(({ siteId }) => siteId === site?.id).map(({ id }) => id);
  const here = data.contents.filter(({ sectorId }) => sectors.includes(sectorId));
  const [failed, missed, unproven] = here.filter(({ receipt }) => receipt === null);
  const unsent = here.find(({ receipt }) => receipt !== null);
  if (
    site === undefined ||
    failed === undefined ||
    missed === undefined ||
    unproven === undefined ||
    unsent === undefined
  )
    throw new Error('the seed has articles');
  const ago = new Date(NOW.getTime() - HOUR_MS).toISOString();
  const planned = { status: 'approved', delivery: 'scheduled', publishedAt: null, receipt: null, externalUrl: null };
  const failure = { host: 'tea.example', code: 'unreachable', note: '', postIsMissing: false };
  Object.assign(failed, { ...planned, delivery: 'failed', scheduledAt: ago, failure });
  Object.assign(missed, { ...planned, scheduledAt: ago, missedAt: ago });
  Object.assign(unproven, { ...planned, scheduledAt: ago, missedAt: null });
  Object.assign(unsent, { delivery: 'published', updatedAt: NOW.toISOString() });
  const host = fakeHost(data);
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: [`/calendar?site=${site.id}&tab=list`] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={() => NOW} />,
  );
  const card = async (title: string) => within(await screen.findByRole('button', { name: new RegExp(title) }));
  for (const [content, state] of [
    [failed, 'Failed'],
    [missed, 'Missed'],
    [unproven, 'Awaiting proof'],
  ] as const)
    expect((await card(content.title)).getByText(state)).toBeVisible();
  expect((await card(unsent.title)).getByText('Not yet on the site')).toBeVisible();
  await userEvent.click(await screen.findByRole('button', { name: new RegExp(failed.title) }));
  expect(await screen.findByText('Look at it in the outbox')).toBeInTheDocument();
});
