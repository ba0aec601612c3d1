import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { type FakeHost, fakeHost } from '../../host/fake';
import type { FakeContent } from '../../host/fake/data';
import { editThere } from '../../host/fake/following';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');

it('leads from the article to both sides, and keeps what was chosen once everything is decided', async () => {
  const { host, content } = edited();
  open(host, `/articles/${content.id}`);
  const site = await screen.findByRole('region', { name: 'On the site' });
  expect(within(site).getByText('Changed on the site')).toBeVisible();
  await userEvent.click(within(site).getByRole('link', { name: 'Compare' }));

  expect(await screen.findByText(/2 differences are still to be decided/)).toBeVisible();
  expect(screen.getByText(/cannot hold what else stands there: embed/)).toBeVisible();
  const use = screen.getByRole('button', { name: 'Use the result' });
  expect(use).toHaveAttribute('aria-disabled', 'true');
  const title = screen.getByRole('group', { name: /^Title/ });
  await userEvent.click(within(title).getByRole('radio', { name: 'On the site' }));
  const theirs = screen.getByRole('group', { name: /^Difference 1 of 3/ });
  expect(within(theirs).getByRole('radio', { name: 'On the site' })).toBeChecked();
  const last = screen.getByRole('group', { name: /^Difference 3 of 3/ });
  // By key alone.
  within(last).getByRole('radio', { name: 'Yours' }).focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(within(last).getByRole('radio', { name: 'Both' })).toBeChecked();
  expect(screen.getByText(/Everything is decided/)).toBeVisible();

  await userEvent.click(screen.getByRole('tab', { name: 'Result' }));
  const result = screen.getByRole('region', { name: 'How the article will read' });
  expect(result).toHaveTextContent('Dig in grit, never sand. Water it once. Compost in spring. Compost in autumn.');
  await userEvent.click(screen.getByRole('button', { name: 'Use the result' }));
  await waitFor(() => expect(host.data.conflicts).toEqual({}));
  expect(content.title).toBe('Their title');
  expect(await screen.findByText(/The article has what you chose/)).toBeVisible();
});

it('keeps one side throughout by one press, and says when there is nothing to decide', async () => {
  const { host, content } = edited();
  const before = content.title;
  open(host, `/articles/${content.id}/conflict`);
  await userEvent.click(await screen.findByRole('button', { name: 'Keep mine' }));
  await waitFor(() => expect(host.data.conflicts).toEqual({}));
  expect(content.title).toBe(before);

  open(host, `/articles/${content.id}/conflict`);
  expect(await screen.findByText('Nothing is to be decided about this article.')).toBeVisible();
});

it('decides nothing about what has changed meanwhile', async () => {
  const { host, content } = edited();
  open(host, `/articles/${content.id}/conflict`);
  const take = await screen.findByRole('button', { name: 'Take theirs' });
  const known = host.data.conflicts[content.id];
  if (known !== undefined) host.data.conflicts[content.id] = { ...known, row: { ...known.row, foundAt: 'later' } };
  await userEvent.click(take);
  expect(await screen.findByText(/Either side has changed/)).toBeVisible();
  expect(host.data.conflicts[content.id]).toBeDefined();
});

/** A published article that somebody has changed on its site. */
function edited(): { host: FakeHost; content: FakeContent } {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const content = host.data.contents.find(({ delivery, receipt }) => delivery === 'published' && receipt !== null);
  if (content === undefined) throw new Error('one is published');
  editThere(host.data, content);
  return { host, content };
}

function open(host: FakeHost, address: string): void {
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: [address] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
}
