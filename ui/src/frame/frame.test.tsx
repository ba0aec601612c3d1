import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { NOW } from '../../tests/support/render';
import { followChanges, newCache } from '../data/cache';
import { type FakeHost, fakeHost } from '../host/fake';
import { emptyData, sampleData } from '../host/fake/data';
import { memoryColorScheme } from '../theme/colorScheme';
import { App } from './App';
import { newRouter } from './router';

const readNow = () => NOW;

beforeEach(() => {
  document.documentElement.removeAttribute('data-mantine-color-scheme');
});

describe('the frame', () => {
  it('shows the site, its balance, what is unread and how far its work is', async () => {
    await open('/help');
    expect(await screen.findByRole('button', { name: 'Choose a site: Field Notes' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Credit balance' })).toHaveTextContent('864.5');
    expect(screen.getByLabelText('3 unread notifications')).toBeVisible();
    const widget = await screen.findByRole('region', { name: 'Workflow' });
    await waitFor(() => expect(widget).toHaveTextContent('Keywords380/412'));
    expect(widget).toHaveTextContent('Published21');
  });

  it('moves the balance when a charge lands, without a reload', async () => {
    const host = await open('/help');
    const balance = await screen.findByRole('button', { name: 'Credit balance' });
    host.data.balance = { ...host.data.balance, available: '832.5', availableValue: '8.325' };
    host.emitChanged({ topics: ['credits'], lagged: false });
    await waitFor(() => expect(balance).toHaveTextContent('832.5'));
  });

  it('switches the site and keeps it from page to page', async () => {
    const { history } = await openWithHistory('/help');
    await userEvent.click(await screen.findByRole('button', { name: 'Choose a site: Field Notes' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Ofenbau Krämer' }));
    await waitFor(() => expect(history.location.search).toBe('?site=%222%22'));
    const widget = screen.getByRole('region', { name: 'Workflow' });
    await waitFor(() => expect(widget).toHaveTextContent('Keywords40/96'));
    await userEvent.click(screen.getByRole('link', { name: 'Igny8' }));
    await waitFor(() => expect(history.location.pathname).toBe('/'));
    expect(history.location.search).toBe('?site=%222%22');
  });

  it('has no site, no widget and no error at a first start', async () => {
    await open('/help', fakeHost(emptyData()));
    expect(await screen.findByRole('button', { name: 'Credit balance' })).toHaveTextContent('1,000');
    expect(screen.queryByRole('region', { name: 'Workflow' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Choose a site/ })).not.toBeInTheDocument();
  });

  it('folds its sidebar and its footer', async () => {
    await open('/help');
    await userEvent.click(await screen.findByRole('button', { name: 'Fold the sidebar' }));
    expect(screen.getByRole('link', { name: 'Help' })).toHaveTextContent('');
    await userEvent.click(screen.getByRole('button', { name: 'Unfold the sidebar' }));
    expect(screen.getByRole('link', { name: 'Help' })).toHaveTextContent('Help');
    await userEvent.click(screen.getByRole('button', { name: 'Fold the footer' }));
    expect(screen.queryByRole('region', { name: 'Workflow' })).not.toBeInTheDocument();
  });

  it('names the page in the header and in the title of the window', async () => {
    await open('/help');
    expect(await screen.findByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
    expect(document.title).toBe('Help · Igny8');
  });
});

describe('an unknown address', () => {
  it('is met by the mark, 404, and the ways home, back and to help, inside the frame', async () => {
    const { history } = await openWithHistory('/no/such/page');
    expect(await screen.findByText('404')).toBeVisible();
    expect(screen.getByRole('navigation', { name: 'Pages' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Back' })).toBeVisible();
    await userEvent.click(screen.getByRole('link', { name: 'Need help?' }));
    await waitFor(() => expect(history.location.pathname).toBe('/help'));
    await userEvent.click(screen.getByRole('link', { name: 'Igny8' }));
    await waitFor(() => expect(history.location.pathname).toBe('/'));
  });
});

describe('the palette', () => {
  it('opens by Ctrl and K and leads to pages, sites and themes', async () => {
    await open('/');
    await screen.findByRole('button', { name: 'Credit balance' });
    await userEvent.keyboard('{Control>}k{/Control}');
    const palette = await screen.findByRole('dialog');
    await userEvent.type(within(palette).getByRole('textbox'), 'dark');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'dark'));
  });
});

describe('the shortcuts', () => {
  it('open by ? and leave by Escape', async () => {
    await open('/');
    await screen.findByRole('button', { name: 'Credit balance' });
    await userEvent.keyboard('?');
    expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });
});

async function open(address: string, host = fakeHost(sampleData())): Promise<FakeHost> {
  await openWithHistory(address, host);
  return host;
}

async function openWithHistory(address: string, host = fakeHost(sampleData())) {
  const history = createMemoryHistory({ initialEntries: [address] });
  const router = newRouter(history);
  const cache = newCache();
  followChanges(host, cache);
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readNow} />,
  );
  await screen.findByRole('banner');
  return { history };
}
