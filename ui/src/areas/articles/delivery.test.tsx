import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import type { ReceiptField } from '../../host';
import { type FakeHost, fakeHost } from '../../host/fake';
import type { FakeContent } from '../../host/fake/data';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');

it('says that a post is in the trash, and makes a new one only on purpose', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const content = published(host);
  const failure = { code: 'post_trashed', host: 'garden.example', note: '', postIsMissing: true };
  Object.assign(content, { delivery: 'failed', failure, receipt: null });
  const site = await openArticle(host, content);
  expect(within(site).getByText('In the site’s trash')).toBeVisible();
  expect(within(site).getByRole('alert')).toHaveTextContent('Its post is in the trash of garden.example.');
  expect(within(site).queryByRole('button', { name: 'Receipt' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: /^Publish anew/ }));
  const question = await screen.findByRole('dialog', { name: 'Publish anew' });
  expect(question).toHaveTextContent('A new post is made');
  await userEvent.click(within(question).getByRole('button', { name: 'Make a new post' }));
  await waitFor(() => expect(content.delivery).toBe('published'));
});

it('shows an article whose update failed as published, with the receipt of what is live', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const content = published(host);
  const failure = { code: 'auth', host: 'garden.example', note: '', postIsMissing: false };
  Object.assign(content, { failure, updatedAt: readClock().toISOString() });
  const site = await openArticle(host, content);
  expect(within(site).getByText('Published, update failed')).toBeVisible();
  expect(within(site).getByRole('alert')).toHaveTextContent('did not accept the user name');
  expect(site).toHaveTextContent(`Of the live version: version ${content.version} of the text`);
  expect(screen.getByRole('button', { name: /^Try again/ })).toBeVisible();
});

it('says of each field how it arrived and why it is not there, and saves that to a file', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const content = published(host);
  const fields: ReceiptField[] = [
    { field: 'title', verdict: 'changed', note: '', sent: 'Clay', found: 'Clay (edited)' },
    { field: 'date', verdict: 'as_sent', note: '', sent: '2026-11-20T09:00:00Z', found: '2026-11-20T09:00:02Z' },
    { field: 'meta_title', verdict: 'dropped', note: 'no_field', sent: 'Clay | Garden', found: '' },
    { field: 'meta_description', verdict: 'as_sent', note: 'as_excerpt', sent: 'All of it', found: 'All of it' },
  ];
  Object.assign(content, { receipt: { ...content.receipt, fields } });
  const site = await openArticle(host, content);
  expect(site).toHaveTextContent('2 of 4 fields arrived as sent');
  await userEvent.click(within(site).getByRole('button', { name: 'Receipt' }));
  const receipt = await screen.findByRole('dialog', { name: 'Receipt' });
  const row = (name: string) => within(receipt).getByRole('row', { name: new RegExp(`^${name}`) });
  expect(row('Title')).toHaveTextContent('ChangedClayClay (edited)');
  expect(row('Date')).toHaveTextContent('Fri 20 Nov, 09:00');
  expect(row('Meta title')).toHaveTextContent('MissingThe site has no place for itClay | GardenEmpty');
  expect(row('Meta description')).toHaveTextContent('As sentStands in the excerpt');
  await userEvent.click(within(receipt).getByRole('button', { name: 'Save as CSV' }));
  expect(await screen.findByText(/^Saved to .*\.csv/)).toBeVisible();
});

it('finds the passage that a firewall refuses, shows how far it is, and shows it', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock, paceMs: 20 });
  const content = published(host);
  const failure = { code: 'html_instead_of_json', host: 'garden.example', note: '403', postIsMissing: false };
  Object.assign(content, { delivery: 'failed', failure, receipt: null });
  const site = await openArticle(host, content);
  await userEvent.click(await within(site).findByRole('button', { name: 'Find the passage' }));
  expect(await within(site).findByRole('progressbar', { name: /^Searching: \d+ texts? tried$/ })).toBeVisible();
  expect(await within(site).findByText('The site refuses this passage:')).toBeVisible();
  expect(within(site).getByText(content.title)).toBeVisible();
  expect(within(site).getByRole('button', { name: 'Search again' })).toBeVisible();
});

function published(host: FakeHost): FakeContent {
  const found = host.data.contents.find(({ delivery, receipt }) => delivery === 'published' && receipt !== null);
  if (found === undefined) throw new Error('one is published');
  return found;
}

/** Opens an article and answers what it says about its site. */
async function openArticle(host: FakeHost, { id }: FakeContent): Promise<HTMLElement> {
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: [`/articles/${id}`] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
  return screen.findByRole('region', { name: 'On the site' });
}
