import { createMemoryHistory } from '@tanstack/react-router';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import type { WritingView } from '../../host';
import { type FakeHost, fakeHost } from '../../host/fake';
import { interruptedData } from '../../host/fake/interrupted';
import { memoryColorScheme } from '../../theme/colorScheme';

const NOW = new Date('2026-11-23T09:00:00Z');
const WRITING: WritingView = { operationId: 'op-cut', taskId: '7', title: 'Hot compost', text: '## Heat' };
const NAME = 'Being written: Hot compost';

it('shows an article growing with its headings and else as plain text, which nobody is read aloud, and forgets it at its end', async () => {
  const host = await open();
  expect(screen.queryByRole('region', { name: NAME })).toBeNull();
  act(() => host.emitWriting(WRITING));
  const region = await screen.findByRole('region', { name: NAME });
  expect(within(region).getByText('Heat').tagName).toBe('STRONG');
  expect(region).not.toHaveTextContent('##');
  expect(region.closest('[aria-live]')).toHaveAttribute('aria-live', 'off');
  act(() => host.emitWriting({ ...WRITING, text: '## Heat\n\n<script>alert(1)</script><b>hot</b>' }));
  expect(region).toHaveTextContent('<script>alert(1)</script><b>hot</b>');
  expect(region.querySelector('b, script')).toBeNull();
  act(() => host.emitWriting({ ...WRITING, taskId: '8', title: 'Cold compost', text: 'Cold' }));
  expect(screen.getByRole('region', { name: 'Being written: Cold compost' })).toBeVisible();
  act(() => host.emitWriting({ ...WRITING, text: null }));
  expect(screen.queryByRole('region', { name: NAME })).toBeNull();
  expect(screen.getByRole('region', { name: 'Being written: Cold compost' })).toBeVisible();
});

it('does not go on showing what an operation left unsaid that has ended', async () => {
  const host = await open();
  act(() => host.emitWriting(WRITING));
  expect(await screen.findByRole('region', { name: NAME })).toBeVisible();
  const operation = host.data.operations.find(({ row }) => row.id === 'op-cut');
  act(() => {
    Object.assign(operation?.row ?? {}, { status: 'success', endedAt: NOW.toISOString() });
    host.emitChanged({ topics: ['operations'], lagged: false });
  });
  await waitFor(() => expect(screen.queryByRole('region', { name: NAME })).toBeNull());
});

it('shows nothing of another page', async () => {
  const host = await open();
  act(() => host.emitWriting({ ...WRITING, operationId: 'op-elsewhere' }));
  expect(screen.queryByRole('region', { name: NAME })).toBeNull();
});

/** The drafts of a site with an operation that writes. */
async function open(): Promise<FakeHost> {
  const data = interruptedData(NOW);
  for (const { row } of data.operations) if (row.id === 'op-cut') row.status = 'pending';
  const host = fakeHost(data);
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: ['/drafts?site=1'] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={() => NOW} />,
  );
  await screen.findByText('Writing drafts');
  return host;
}
