import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { NOW } from '../../tests/support/render';
import { type StubHost, stubHost } from '../../tests/support/stubHost';
import { followChanges, newCache } from '../data/cache';
import type { Appearance, Balance, Completion, SiteView } from '../host';
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
    const balances = [BALANCE, { ...BALANCE, available: '832.5', availableValue: '8.325' }];
    const host = await open('/help', atWork({ balance: () => balances.shift() }));
    const balance = await screen.findByRole('button', { name: 'Credit balance' });
    expect(balance).toHaveTextContent('864.5');
    host.change({ topics: ['credits'] });
    await waitFor(() => expect(balance).toHaveTextContent('832.5'));
  });

  it('switches the site and keeps it from page to page', async () => {
    const { history } = await openWithHistory('/help');
    await userEvent.click(await screen.findByRole('button', { name: 'Choose a site: Field Notes' }));
    // jsdom lays nothing out, so the menu takes its button for scrolled away and hides itself.
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Ofenbau Krämer', hidden: true }));
    await waitFor(() => expect(history.location.search).toBe('?site=%222%22'));
    const widget = screen.getByRole('region', { name: 'Workflow' });
    await waitFor(() => expect(widget).toHaveTextContent('Keywords40/96'));
    await userEvent.click(screen.getByRole('link', { name: 'Igny8' }));
    await waitFor(() => expect(history.location.pathname).toBe('/'));
    expect(history.location.search).toBe('?site=%222%22');
  });

  it('has no site, no widget and no error at a first start', async () => {
    await open('/help', atWork({ sites: () => [], balance: () => ({ ...BALANCE, available: '1000' }) }));
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

const BALANCE: Balance = {
  available: '864.5',
  held: '12',
  usedThisMonth: '123.5',
  availableValue: '8.645',
  monthlyBudget: '1000',
  monthGranted: '1000',
  monthDrawn: '135.5',
  monthlyLeft: '864.5',
  extraLeft: '0',
  creditPrice: '0.01',
  granted: '1000',
  used: '123.5',
  lapsed: '0',
};

const NOTHING_DONE: Completion = {
  keywords: 0,
  keywordsMapped: 0,
  keywordsLeftOut: 0,
  clusters: 0,
  clustersMapped: 0,
  ideas: 0,
  ideasQueued: 0,
  ideasCompleted: 0,
  tasksQueued: 0,
  tasksFailed: 0,
  contents: 0,
  drafts: 0,
  review: 0,
  approved: 0,
  onTheWay: 0,
  published: 0,
  images: 0,
  imagesGenerated: 0,
  imagesFailed: 0,
  creditsUsed: '0',
};

const DONE: Record<string, Completion> = {
  '1': { ...NOTHING_DONE, keywords: 412, keywordsMapped: 380, published: 21 },
  '2': { ...NOTHING_DONE, keywords: 96, keywordsMapped: 40 },
};

/** A host with two sites at work; `answers` replaces single commands. */
function atWork(answers: Parameters<typeof stubHost>[0] = {}): StubHost {
  let appearance: Appearance = { colorScheme: 'light', density: 'normal', sidebarCollapsed: false };
  const host = stubHost({
    sites: () => [site('1', 'Field Notes'), site('2', 'Ofenbau Krämer')],
    balance: () => BALANCE,
    completion: (siteId) => DONE[siteId],
    notifications: () => ({ rows: [], nextCursor: null, total: 3, unread: 3 }),
    appearance: () => appearance,
    appearanceSave: (next) => {
      appearance = next;
      return null;
    },
    ...answers,
  });
  return host;
}

function site(id: string, name: string): SiteView {
  return {
    id,
    name,
    kind: 'wordpress',
    url: `https://${id}.example`,
    folder: null,
    userName: 'ed',
    hasSecret: true,
    connection: 'ok',
    connectionCode: '',
    testedAt: null,
    probe: null,
    language: 'en',
    zone: 'Europe/Berlin',
    brandColor: '#2f6f4f',
    inArticleImages: 2,
    imageFormat: 'webp',
    bodyForm: 'blocks',
    hasContents: false,
    goesOnByItself: false,
    handOver: 'wordpress',
    missedRule: 'publish',
    hasAuthority: false,
    isSample: false,
    sectors: [{ id: `${id}1`, name: 'Soil', keywordCount: 12 }],
    publishedCount: 0,
    keywordCount: 12,
  };
}

async function open(address: string, host = atWork()): Promise<StubHost> {
  await openWithHistory(address, host);
  return host;
}

async function openWithHistory(address: string, host = atWork()) {
  const history = createMemoryHistory({ initialEntries: [address] });
  const router = newRouter(history);
  const cache = newCache();
  followChanges(host, cache);
  const scheme = memoryColorScheme('light');
  render(<App host={host} cache={cache} router={router} colorScheme={scheme} readClock={readNow} />);
  await screen.findByRole('banner');
  return { history };
}
