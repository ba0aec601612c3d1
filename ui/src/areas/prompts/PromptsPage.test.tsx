import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { type FakeHost, fakeHost } from '../../host/fake';
import { emptyData } from '../../host/fake/data';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');

it('keeps words with Ctrl+S, says whose they are, and takes a reset back', async () => {
  const host = fakeHost(sampleData(readClock()));
  const field = await openPrompt(host, 'clustering');
  await userEvent.clear(field);
  await userEvent.type(field, 'Group by need.');
  expect(screen.getByText('Not saved yet')).toBeVisible();
  await userEvent.keyboard('{Control>}s{/Control}');
  expect(await screen.findByText('Version 1', { exact: false })).toBeVisible();
  await waitFor(() => expect(badgeOf('Clustering')).toBe('Yours'));
  await userEvent.click(screen.getByRole('button', { name: 'Reset' }));
  await waitFor(() => expect(badgeOf('Clustering')).toBeNull());
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(badgeOf('Clustering')).toBe('Yours'));
  expect(await screen.findByRole('textbox', { name: 'Words of “Clustering”' })).toHaveValue('Group by need.');
});

it('shows what is sent while one types, and why it cannot be', async () => {
  const host = fakeHost(sampleData(readClock()));
  const field = await openPrompt(host, 'clustering');
  await userEvent.clear(field);
  await userEvent.type(field, 'For {{{{ site_name }}.');
  const preview = screen.getByRole('region', { name: 'What is sent' });
  expect(await within(preview).findByText(/^For Field Notes\./)).toBeVisible();
  await userEvent.type(field, ' {{{{ keyword }}');
  expect(await within(preview).findByText('Line 1 names keyword, which this prompt does not have.')).toBeVisible();
  expect(within(preview).getByText('This is the last version that could be used.')).toBeVisible();
});

it('tries words once: charged, shown, and nothing stored', async () => {
  const host = fakeHost(sampleData(readClock()));
  await openPrompt(host, 'clustering');
  const clusters = host.data.clusters.length;
  const posted = host.data.transactions.length;
  await userEvent.click(await screen.findByRole('button', { name: /Try it once about/ }));
  const answer = await screen.findByRole('region', { name: 'Answer' });
  expect(await within(answer).findByText(/An answer to look at/)).toBeVisible();
  expect(within(answer).getByText(/credits?, .* at the provider/)).toBeVisible();
  expect(host.data.transactions.length).toBe(posted + 1);
  expect(host.data.clusters.length).toBe(clusters);
});

it('asks before typed words are left, and keeps them when told to', async () => {
  const host = fakeHost(sampleData(readClock()));
  const field = await openPrompt(host, 'clustering');
  await userEvent.type(field, ' More.');
  await userEvent.click(screen.getByRole('button', { name: 'Ideas' }));
  const asked = await screen.findByRole('dialog', { name: 'These words are not saved' });
  await userEvent.click(within(asked).getByRole('button', { name: 'Keep editing' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(screen.getByRole('textbox', { name: 'Words of “Clustering”' })).toHaveValue(
    `${host.data.wordings[0]?.body ?? builtIn()} More.`,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Ideas' }));
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Discard and leave' }));
  expect(await screen.findByRole('textbox', { name: 'Words of “Ideas”' })).toBeVisible();
  function builtIn() {
    return 'Group the keywords into clusters that one article each can answer.\nLeave out keywords that fit nowhere. No keyword stands in two clusters.';
  }
});

it('gives one site its own words, compares them and puts earlier ones back', async () => {
  const host = fakeHost(sampleData(readClock()));
  for (const body of ['one\ntwo', 'one\nthree']) await host.commands.promptSave('ideas', '1', body);
  await openPrompt(host, 'ideas', '1');
  expect(badgeOf('Ideas')).toBe('This site’s');
  await userEvent.click(screen.getByRole('button', { name: 'History' }));
  const drawer = await screen.findByRole('dialog', { name: 'History of “Ideas”' });
  await userEvent.click(await within(drawer).findByRole('button', { name: 'Compare with the words in use' }));
  expect(within(drawer).getAllByText('three')[0]?.closest('li')).toHaveAttribute('data-change', 'removed');
  expect(within(drawer).getByText('two').closest('li')).toHaveAttribute('data-change', 'added');
  await userEvent.click(within(drawer).getByRole('button', { name: 'Use again' }));
  await waitFor(() => expect(host.data.wordings.find(({ isInUse }) => isInUse)?.version).toBe(1));
});

it('adds an author and lets a site speak as one', async () => {
  const host = fakeHost(sampleData(readClock()));
  await open(host, '/prompts?tab=voice');
  await userEvent.click(await screen.findByRole('button', { name: 'Add an author' }));
  const form = await screen.findByRole('dialog', { name: 'New author' });
  await userEvent.click(within(form).getByRole('button', { name: 'Save' }));
  expect(await within(form).findByText('Write a name.')).toBeVisible();
  await userEvent.type(within(form).getByRole('textbox', { name: 'Name' }), 'Ada Moor');
  await userEvent.click(within(form).getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('button', { name: 'Edit Ada Moor' })).toBeVisible();
  await userEvent.click(screen.getByRole('combobox', { name: 'Tone' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Playful', hidden: true }));
  await userEvent.click(screen.getByRole('combobox', { name: 'Author' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Ada Moor', hidden: true }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(host.data.voices['1']).toMatchObject({ tone: 'playful' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove Ada Moor' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('signs for 1 site')).toBeVisible();
});

it('works before there is a site, and says what went wrong when it cannot be read', async () => {
  const host = fakeHost(emptyData(readClock()));
  await openPrompt(host, 'content');
  expect(screen.getByText('Add a site to see these words with its data.')).toBeVisible();
  const broken = fakeHost(sampleData(readClock()));
  broken.failWith('prompts', { code: 'Corrupt' });
  await open(broken, '/prompts');
  expect(await screen.findByText('The database is damaged.')).toBeVisible();
});

async function openPrompt(host: FakeHost, kind: string, site?: string): Promise<HTMLElement> {
  const names: Record<string, string> = { clustering: 'Clustering', ideas: 'Ideas', content: 'Every article' };
  await open(host, `/prompts?open=%22${kind}%22${site === undefined ? '' : `&for=%22${site}%22`}`);
  return screen.findByRole('textbox', { name: `Words of “${names[kind]}”` });
}

async function open(host: FakeHost, address: string): Promise<void> {
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: [address] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
}

/** The badge beside a prompt in the list; null for the app's own words. */
function badgeOf(name: string): string | null {
  const list = screen.getByRole('navigation', { name: 'Prompts by kind' });
  const entry = within(list).getByRole('button', { name: new RegExp(`^${name}`) });
  return entry.textContent?.slice(name.length) || null;
}
