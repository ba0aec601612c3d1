import { createMemoryHistory } from '@tanstack/react-router';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import type { Host } from '../../host';
import { fakeHost } from '../../host/fake';
import { pastData } from '../../host/fake/seedPast';
import { memoryColorScheme } from '../../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');

function open(host: Host) {
  const router = newRouter(createMemoryHistory({ initialEntries: ['/reconciliation'] }));
  render(
    <App
      host={host}
      cache={newCache()}
      router={router}
      colorScheme={memoryColorScheme('light')}
      readClock={readClock}
    />,
  );
}

it('says which span a request counts in, where the file has sums over spans', async () => {
  for (const file of ['costs_by_day.csv', 'requests.csv']) {
    open({ ...fakeHost(pastData(readClock())), pickFiles: async () => [file] });
    await userEvent.click(await screen.findByRole('button', { name: 'Choose a usage file' }));
    await screen.findByText(/could not be compared/);
    const note = screen.queryByText(/counts in the span in which its answer came/);
    if (file.includes('by_day')) expect(note).toBeVisible();
    else expect(note).toBeNull();
    cleanup();
  }
});

it('lists the cells that cannot be read, and says over which lines the sums are', async () => {
  open(fakeHost(pastData(readClock())));
  await userEvent.click(await screen.findByRole('button', { name: 'Choose a usage file' }));
  expect(await screen.findByText(/could not be compared, .+ cannot be read\.$/)).toBeVisible();
  expect(screen.getByText(/in the books, .+ in the file, over .+ lines with a cost$/)).toBeVisible();
  await userEvent.click(screen.getByRole('tab', { name: /^Cannot be read/ }));
  const cells = await screen.findByRole('grid', { name: 'Cannot be read list' });
  expect(within(cells).getAllByText('cost_usd')[0]).toBeVisible();
  expect(within(cells).getAllByText(/^€0\./)[0]).toBeVisible();
  expect(within(cells).getAllByText('Not US dollars')[0]).toBeVisible();
});
