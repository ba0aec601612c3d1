import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, within } from '@testing-library/react';
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
  const host = fakeHost(data);
  const pipeline = await openSample(host);
  await userEvent.click(await within(pipeline).findByRole('button', { name: /^Run the pipeline \d+–\d+ credits/ }));
  const question = await screen.findByRole('dialog', { name: 'Run the pipeline' });
  expect(within(question).getByText(/^This run will cost about \d+ credits and 10 are available\./)).toBeVisible();
  expect(within(question).getByRole('button', { name: 'Start the run' })).toBeDisabled();
  const cap = within(question).getByRole('textbox', { name: 'Most this run may spend, in credits' });
  await userEvent.type(cap, '11');
  expect(within(question).getByText('Only 10 credits are available. Write less, or add credits first.')).toBeVisible();
  await userEvent.clear(cap);
  await userEvent.type(cap, '5');
  expect(within(question).getByRole('button', { name: 'Start the run · at most 5 credits' })).toBeEnabled();
  stopped(host, 'insufficient_credits');
  expect(
    await within(pipeline).findByText('Stopped: the credits did not last. What was finished is kept.'),
  ).toBeVisible();
  for (const link of within(pipeline).getAllByRole('link', { name: 'Add credits' })) {
    expect(link.getAttribute('href')).toContain('/credits');
  }
});

it('says why a stage failed', async () => {
  const host = fakeHost(emptyData());
  const pipeline = await openSample(host);
  stopped(host, 'failed');
  expect(await within(pipeline).findByText('Stopped: a stage failed. What was finished is kept.')).toBeVisible();
  expect(within(pipeline).getByRole('link', { name: 'Open AI tasks' })).toBeVisible();
});

/** Lets the last run of the sample have stopped early. */
function stopped(host: FakeHost, stoppedCode: string): void {
  const idle = { standing: 'idle', stage: '', operationId: null, hasRun: true, unitsWaiting: 0, held: '0' } as const;
  host.data.pipelines[host.data.sites[0]?.id ?? ''] = {
    ...idle,
    isCancelling: false,
    isStopping: false,
    isPausing: false,
    stoppedCode,
    cap: null,
    spent: 0,
  };
  host.emitChanged({ topics: ['operations'], lagged: false });
}

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
