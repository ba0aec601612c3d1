import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { type FakeHost, fakeHost } from '../../host/fake';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');

function open(): FakeHost {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: ['/sites'] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
  return host;
}

it('offers a test of a site that was just added', async () => {
  const host = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Add a site' }));
  const drawer = await screen.findByRole('dialog');
  await userEvent.type(within(drawer).getByRole('textbox', { name: 'Name' }), 'Notes');
  await userEvent.type(within(drawer).getByRole('textbox', { name: 'Address' }), 'notes.example');
  await userEvent.type(within(drawer).getByRole('textbox', { name: 'User name' }), 'editor');
  await userEvent.type(within(drawer).getByLabelText('Application password'), 'abcd efgh');
  await userEvent.click(within(drawer).getByRole('button', { name: 'Add site' }));
  const offer = await screen.findByText('Added Notes. Whether it lets Igny8 in is not known yet.');
  const test = within(offer.closest('[role="alert"]') as HTMLElement).getByRole('button', { name: 'Test connection' });
  await userEvent.click(test);
  await screen.findByText('Signed in as editor on Notes.');
  expect(host.data.sites.find(({ name }) => name === 'Notes')?.connection).toBe('ok');
});

it('says which site has an address already', async () => {
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Add a site' }));
  const drawer = await screen.findByRole('dialog');
  const address = within(drawer).getByRole('textbox', { name: 'Address' });
  await userEvent.click(address);
  await userEvent.paste('http://www.fieldnotes.example/');
  expect(within(drawer).getByRole('status')).toHaveTextContent('Field Notes has this address already.');
  await userEvent.clear(address);
  await userEvent.paste('other.example');
  expect(within(drawer).queryByRole('status')).toBeNull();
});

it('says how the clocks of a site go and plans by them when that is wanted', async () => {
  const host = open();
  const site = host.data.sites.find(({ name }) => name === 'Field Notes');
  if (!site?.probe) throw new Error('it is connected');
  Object.assign(site.probe, { timezone: 'Asia/Tokyo', clock: 'other' });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit: Field Notes' }));
  const drawer = await screen.findByRole('dialog');
  expect(within(drawer).getByText('The clocks of this site go by Asia/Tokyo.')).toBeVisible();
  await userEvent.click(within(drawer).getByRole('button', { name: 'Plan by Asia/Tokyo' }));
  await screen.findByText('Field Notes is planned by the clocks of Asia/Tokyo.');
  expect(host.data.sites.find(({ name }) => name === 'Field Notes')?.zone).toBe('Asia/Tokyo');
});

it('warns of a fixed offset, which nothing here can mend', async () => {
  const host = open();
  const site = host.data.sites.find(({ name }) => name === 'Field Notes');
  if (!site?.probe) throw new Error('it is connected');
  Object.assign(site.probe, { timezone: '+02:00', clock: 'fixed' });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit: Field Notes' }));
  const drawer = await screen.findByRole('dialog');
  expect(within(drawer).getByText('This site has the fixed offset +02:00.')).toBeVisible();
  expect(within(drawer).getByText(/does not follow daylight saving time/)).toBeVisible();
  expect(within(drawer).queryByRole('button', { name: /^Plan by/ })).toBeNull();
});
