import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { type FakeHost, fakeHost } from '../../host/fake';
import { USUAL } from '../../host/fake/publishing';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';
import { errorsOf, settingsOf } from './scheduleForm';

const readClock = () => new Date('2026-11-23T09:00:00Z');

it('shows the times of what is typed before anything is saved, and saves it', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const { site, drawer } = await openSchedule(host);
  const preview = await within(drawer).findByRole('region', { name: 'The next 30 days' });
  const listed = async () => (await within(preview).findAllByRole('listitem')).length;
  await waitFor(async () => expect(await listed()).toBeGreaterThan(19));
  const before = await listed();
  await userEvent.type(within(drawer).getByRole('combobox', { name: 'Times' }), '16:30{Enter}');
  await waitFor(async () => expect(await listed()).toBeGreaterThan(before));
  expect(host.data.publishing[site]).toBeUndefined();

  await userEvent.click(within(drawer).getByRole('switch', { name: /^Approve what passes the floor/ }));
  await userEvent.click(await within(drawer).findByRole('checkbox', { name: /^Outlines will do/ }));
  await userEvent.click(within(drawer).getByRole('button', { name: 'Save schedule' }));
  expect(await screen.findByText(/^Saved the schedule of /)).toBeVisible();
  expect(host.data.publishing[site]).toMatchObject({
    autoApprove: true,
    takesOutlines: true,
    times: ['09:00', '16:30'],
  });
});

it('says what is wrong and shows no times until it is right', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const { drawer } = await openSchedule(host);
  for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'])
    await userEvent.click(await within(drawer).findByRole('checkbox', { name: day }));
  expect(await within(drawer).findByText('Correct what is marked above to see the times.')).toBeVisible();
  await userEvent.click(within(drawer).getByRole('button', { name: 'Save schedule' }));
  expect(await within(drawer).findByText('Choose at least one day.')).toBeVisible();
});

it('looks only at what the chosen rhythm goes by', () => {
  expect(errorsOf(USUAL)).toEqual({});
  expect(errorsOf({ ...USUAL, times: [] })).toEqual({ times: 'Name at least one time.' });
  expect(errorsOf({ ...USUAL, times: ['9:00'] })).toEqual({ times: 'Write a time, such as 09:00.' });
  expect(errorsOf({ ...USUAL, rhythm: 'immediate', times: [], everyDays: '' })).toEqual({});
  expect(errorsOf({ ...USUAL, rhythm: 'stagger', from: '18:00' })).toEqual({ until: 'This is before the start.' });
  expect(errorsOf({ ...USUAL, rhythm: 'interval', everyDays: 0 })).toEqual({
    everyDays: 'A whole number from 1 to 366.',
  });
  expect(settingsOf({ ...USUAL, everyDays: '', times: ['16:30', '09:00'] })).toMatchObject({
    everyDays: 1,
    times: ['09:00', '16:30'],
  });
});

/** Opens the schedule of a WordPress site. */
async function openSchedule(host: FakeHost): Promise<{ site: string; drawer: HTMLElement }> {
  const site = host.data.sites.find(({ kind }) => kind === 'wordpress');
  if (site === undefined) throw new Error('one is a WordPress');
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: [`/sites?open=${site.id}%2Fschedule`] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
  const drawer = await screen.findByRole('dialog');
  await within(drawer).findByRole('button', { name: 'Save schedule' });
  return { site: site.id, drawer };
}
