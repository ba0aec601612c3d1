/** Settings over the host in memory: what is chosen is kept, and what a desktop does not have is said. */
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

function host(): FakeHost {
  return fakeHost(sampleData(readClock()), { now: readClock });
}

function open(host: FakeHost, address: string) {
  const cache = newCache();
  followChanges(host, cache);
  const history = createMemoryHistory({ initialEntries: [address] });
  const router = newRouter(history);
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
  return history;
}

const NOTIFICATIONS = '/settings?tab=notifications';

it('keeps how the window looks', async () => {
  const desk = host();
  open(desk, '/settings');
  const rows = await screen.findByRole('radiogroup', { name: 'Row height' });
  await userEvent.click(within(rows).getByRole('radio', { name: 'Roomy' }));
  await waitFor(() => expect(desk.data.appearance.density).toBe('roomy'));
});

it('switches the tray and the start at login', async () => {
  const desk = host();
  open(desk, '/settings');
  await userEvent.click(await screen.findByRole('switch', { name: /Keep running in the tray/ }));
  await userEvent.click(await screen.findByRole('switch', { name: /Start when I sign in/ }));
  await waitFor(() => expect(desk.data.desktop).toMatchObject({ closesToTray: false, startsAtLogin: true }));
});

it('says what this desktop does not have', async () => {
  const desk = host();
  Object.assign(desk.data.desktop, { hasTray: false, canStartAtLogin: false, hasPopups: false });
  open(desk, '/settings');
  expect(await screen.findByText(/This desktop has no tray/)).toBeVisible();
  expect(screen.getByRole('switch', { name: /Keep running in the tray/ })).toBeDisabled();
  expect(screen.getByText(/Nothing shows notifications on this desktop/)).toBeVisible();
});

it('keeps quiet hours, and says why others cannot be kept', async () => {
  const desk = host();
  open(desk, NOTIFICATIONS);
  const keep = await screen.findByRole('switch', { name: /Keep quiet hours/ });
  await userEvent.click(keep);
  await waitFor(() => expect(keep).toBeChecked());
  await waitFor(() => expect(keep).toBeEnabled());
  expect(desk.data.quietHours).toEqual({ isOn: true, from: '22:00', until: '07:00' });
  const until = await screen.findByLabelText('Until');
  await userEvent.clear(until);
  await userEvent.type(until, '22:00');
  await userEvent.click(screen.getByRole('button', { name: 'Save times' }));
  expect(await screen.findByRole('alert')).toBeVisible();
  expect(desk.data.quietHours.until).toBe('07:00');
});

it('lets each kind of notice reach as far as was chosen, and leaves the rest to its default', async () => {
  const desk = host();
  open(desk, NOTIFICATIONS);
  const reach = await screen.findByRole('radiogroup', { name: 'How far it reaches: An article was published' });
  expect(within(reach).getByRole('radio', { name: 'List (usual)' })).toBeChecked();
  await userEvent.click(within(reach).getByRole('radio', { name: 'Nobody' }));
  await waitFor(() => expect(desk.data.noticeChannels).toEqual({ content_published: 'none' }));
  await waitFor(() => expect(within(reach).getByRole('radio', { name: 'Nobody' })).toBeChecked());
  await userEvent.click(within(reach).getByRole('radio', { name: 'List (usual)' }));
  await waitFor(() => expect(desk.data.noticeChannels).toEqual({}));
});

it('puts what the system is to show into words, and a click on it leads to what it is about', async () => {
  const desk = host();
  const history = open(desk, '/settings');
  await screen.findByRole('heading', { name: 'Settings', level: 1 });
  const notice = {
    id: '71',
    notificationType: 'provider_key_invalid',
    severity: 'error',
    params: [{ name: 'vendor', value: 'openai' }],
    siteId: null,
    operationId: null,
    relatedType: '',
    relatedId: null,
    isRead: false,
    createdAt: '2026-11-23T08:59:00Z',
  };
  desk.emitPopup({ notice, count: 1 });
  desk.emitPopup({ notice: null, count: 12 });
  await waitFor(() => expect(desk.data.popups).toHaveLength(2));
  expect(desk.data.popups[0]).toMatchObject({ notice: '71', title: 'Igny8' });
  expect(desk.data.popups[0]?.body).toContain('openai refuses the key');
  expect(desk.data.popups[1]).toMatchObject({ notice: null, title: '12 notifications' });
  desk.emitSummoned('71');
  await waitFor(() => expect(history.location.pathname).toBe('/models'));
  desk.emitSummoned(null);
  await waitFor(() => expect(history.location.pathname).toBe('/notifications'));
});
