import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { type FakeHost, fakeHost } from '../../host/fake';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');

it('chooses how many images an article has and their format, and the forecast follows', async () => {
  const host = fakeHost(sampleData(readClock()));
  const before = await forecastOf(host);
  const form = await openSite(host);
  const images = within(form).getByRole('group', { name: 'Images' });
  const count = within(images).getByRole('textbox', { name: 'Images inside an article' });
  expect(count).toHaveValue('2');
  await userEvent.clear(count);
  await userEvent.type(count, '7');
  await userEvent.click(within(form).getByRole('button', { name: 'Save' }));
  expect(await within(images).findByText('Write a whole number from 0 to 4.')).toBeVisible();
  await userEvent.clear(count);
  await userEvent.type(count, '4');
  await userEvent.click(within(images).getByRole('radio', { name: 'PNG' }));
  await userEvent.click(within(form).getByRole('button', { name: 'Save' }));
  await waitFor(async () => {
    const sites = await host.commands.sites();
    const [site] = sites.status === 'ok' ? sites.data : [];
    expect(site).toMatchObject({ id: '1', inArticleImages: 4, imageFormat: 'png' });
  });
  expect(await forecastOf(host)).toBeGreaterThan(before);
});

/** Pictures a run of the first site would make at most. */
async function forecastOf(host: FakeHost): Promise<number> {
  const answer = await host.commands.pipelineEstimate('1');
  const stages = answer.status === 'ok' ? answer.data.stages : [];
  return stages.find((stage) => stage.function === 'generate_images')?.itemsMax ?? 0;
}

async function openSite(host: FakeHost): Promise<HTMLElement> {
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: ['/sites?open=%221%22'] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
  return screen.findByRole('dialog', { name: 'Field Notes' });
}
