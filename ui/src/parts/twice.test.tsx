/** What is clicked twice happens once: the second click is answered as the first was. */
import { createMemoryHistory } from '@tanstack/react-router';
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { followChanges, newCache } from '../data/cache';
import { App } from '../frame/App';
import { newRouter } from '../frame/router';
import { type FakeHost, fakeHost } from '../host/fake';
import { sampleData } from '../host/fake/seed';
import { memoryColorScheme } from '../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');

function open(host: FakeHost, path: string) {
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: [path] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
}

/** Two clicks before the page has drawn what the first did. */
function clickTwice(button: HTMLElement) {
  act(() => {
    fireEvent.click(button);
    fireEvent.click(button);
  });
}

it('adds credits once', async () => {
  const data = sampleData(readClock());
  const host = fakeHost(data);
  const grant = vi.spyOn(host.commands, 'creditsGrant');
  const grants = () => data.transactions.filter(({ transactionType }) => transactionType === 'grant').length;
  const before = grants();
  open(host, '/credits');
  const add = async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Add credits' }));
    const form = await screen.findByRole('dialog', { name: 'Add extra credits' });
    await userEvent.type(within(form).getByRole('textbox', { name: 'Credits' }), '50');
    clickTwice(within(form).getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  };
  await add();
  expect(grant).toHaveBeenCalledTimes(2);
  expect(grants()).toBe(before + 1);
  await add();
  expect(grants()).toBe(before + 2);
  const keys = grant.mock.calls.map(([, , key]) => key);
  expect(new Set(keys).size).toBe(2);
});

it('starts work once', async () => {
  const data = sampleData(readClock());
  const host = fakeHost(data);
  const start = vi.spyOn(host.commands, 'operationStart');
  const before = data.operations.length;
  open(host, '/clusters');
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Select all loaded rows' }));
  const bar = await screen.findByRole('region', { name: 'Actions for the selected rows' });
  await userEvent.click(within(bar).getByText('Find ideas'));
  const question = await screen.findByRole('dialog', { name: 'Find ideas' });
  clickTwice(await within(question).findByRole('button', { name: /^Find ideas for .* about/ }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(start).toHaveBeenCalledTimes(2);
  expect(data.operations).toHaveLength(before + 1);
});
