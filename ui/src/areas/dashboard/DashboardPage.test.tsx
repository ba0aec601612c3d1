import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { type FakeHost, fakeHost } from '../../host/fake';
import { emptyData } from '../../host/fake/data';
import { memoryColorScheme } from '../../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');

it('says that the credits did not last, what was kept and where to get more', async () => {
  const data = emptyData();
  for (const line of data.transactions) line.amount = '10';
  const pipeline = await openSample(fakeHost(data));
  await userEvent.click(await within(pipeline).findByRole('button', { name: /^Run the pipeline \d+–\d+ credits/ }));
  const question = await screen.findByRole('dialog', { name: 'Run the pipeline' });
  expect(within(question).getByText(/^The credits may not last to the end/)).toBeVisible();
  await userEvent.click(within(question).getByRole('button', { name: /^Start the run/ }));
  expect(
    await within(pipeline).findByText('Stopped: the credits did not last. What was finished is kept.'),
  ).toBeVisible();
  for (const link of within(pipeline).getAllByRole('link', { name: 'Add credits' })) {
    expect(link.getAttribute('href')).toContain('/credits');
  }
  await waitFor(() =>
    expect(within(pipeline).getByRole('button', { name: /^Run the pipeline/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    ),
  );
});

it('says why a stage failed', async () => {
  const data = emptyData();
  const host = fakeHost(data);
  const pipeline = await openSample(host);
  const [site] = data.sites;
  data.pipelines[site?.id ?? ''] = {
    isRunning: false,
    stage: '',
    operationId: null,
    stoppedCode: 'failed',
    isStopping: false,
  };
  host.emitChanged({ topics: ['operations'], lagged: false });
  expect(await within(pipeline).findByText('Stopped: a stage failed. What was finished is kept.')).toBeVisible();
  expect(within(pipeline).getByRole('link', { name: 'Open AI tasks' })).toBeVisible();
});

/** Opens a first start, takes the sample, and answers the panel of its pipeline. */
async function openSample(host: FakeHost): Promise<HTMLElement> {
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: ['/'] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Try the sample workspace' }));
  return screen.findByRole('region', { name: 'Pipeline' });
}
