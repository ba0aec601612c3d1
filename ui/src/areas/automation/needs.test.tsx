import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { fakeHost } from '../../host/fake';
import { interruptedData } from '../../host/fake/interrupted';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';

const NOW = new Date('2026-11-23T09:00:00Z');

it('names what was missed, a connection that failed and what an article lacks, each with the way on', async () => {
  const data = sampleData(NOW);
  const site = data.sites[0];
  const sectors = data.sectors.filter(({ siteId }) => siteId === site?.id).map(({ id }) => id);
  const here = data.contents.filter(({ sectorId }) => sectors.includes(sectorId));
  const approved = here.find(({ status, receipt }) => status === 'approved' && receipt === null);
  const review = here.find(({ status }) => status === 'review');
  if (site === undefined || approved === undefined || review === undefined) throw new Error('the seed has them');
  Object.assign(site, { connection: 'failed', connectionCode: 'unreachable' });
  Object.assign(approved, { delivery: 'scheduled', scheduledAt: NOW.toISOString(), missedAt: NOW.toISOString() });
  const host = fakeHost(data);
  const settings = await host.commands.publishingSettings(site.id);
  if (settings.status !== 'ok') throw new Error('a site has settings');
  await host.commands.publishingSettingsSave(site.id, { ...settings.data, autoApprove: true, needsPictures: true });
  Object.assign(review, { images: [] });
  host.data.unknownModels = host.data.models
    .filter(({ modelType, isDefault }) => isDefault && modelType === 'text')
    .map(({ id }) => id);
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: [`/automation?site=${site.id}`] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={() => NOW} />,
  );
  const needs = await screen.findByRole('region', { name: /^Needs you/ });
  const row = async (words: RegExp) => {
    const item = (await within(needs).findByText(words)).closest('li');
    if (item === null) throw new Error('it stands in a row');
    return within(item);
  };
  const gone = await row(/^Its model cannot be asked\. The provider does not know this model/);
  expect(gone.getByRole('link', { name: 'Choose another model' })).toHaveAttribute(
    'href',
    expect.stringMatching(/^\/models/),
  );
  const down = await row(/^The site cannot be used\./);
  expect(down.getByRole('link', { name: 'Look at the connection' })).toHaveAttribute(
    'href',
    expect.stringMatching(/^\/sites/),
  );
  const missed = await row(/^Its time has passed without it\./);
  expect(missed.getByRole('link', { name: 'Give it another time' })).toHaveAttribute(
    'href',
    expect.stringContaining(`/articles/${approved.id}`),
  );
  await row(/^Waits to be read, and does not pass the floor\. .*picture/i);
});

it('goes on with what stands still where it is named, after its price was said', async () => {
  const host = fakeHost(interruptedData(NOW));
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: ['/automation?site=1'] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={() => NOW} />,
  );
  const needs = await screen.findByRole('region', { name: /^Needs you/ });
  await userEvent.click(await within(needs).findByRole('button', { name: /^Resume .* left$/ }));
  const question = await screen.findByRole('dialog', { name: 'Resume the run' });
  await userEvent.click(within(question).getByRole('button', { name: 'Resume' }));
  await waitFor(() => expect(within(needs).queryByRole('button', { name: /^Resume/ })).toBeNull());
  expect(host.data.operations.some(({ row }) => row.status === 'interrupted')).toBe(false);
});
