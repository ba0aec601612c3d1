import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import type { Result } from '../../host';
import { type FakeHost, fakeHost } from '../../host/fake';
import { interruptedData } from '../../host/fake/interrupted';
import { formatCreditSpan } from '../../kit/format';
import { memoryColorScheme } from '../../theme/colorScheme';

const NOW = new Date('2026-11-23T09:00:00Z');
const GO_ON = /^Resume .* left$/;
const LEAD = 'Igny8 was closed or crashed meanwhile. Nothing is spent until you resume.';

it('shows where it was, what waits and what is held, and never that it is done', async () => {
  const { pipeline } = await open(fakeHost(interruptedData(NOW)), '/');
  expect(await within(pipeline).findByText(LEAD)).toBeVisible();
  expect(within(pipeline).getByText('Interrupted')).toBeVisible();
  expect(within(pipeline).getByText(/Writing drafts was interrupted: 2 of \d+ done\./)).toHaveTextContent(
    /\d+ steps? waits?, 6 credits held for it\./,
  );
  const stage = within(pipeline).getByText('Drafts').closest('li');
  expect(stage).toHaveAttribute('aria-current', 'step');
  expect(stage).toHaveTextContent('waits');
  expect(within(pipeline).queryByText(/^Done:/)).toBeNull();
  expect(within(pipeline).queryByRole('progressbar')).toBeNull();
});

it('says what going on costs, stage by stage, before it goes on', async () => {
  const host = fakeHost(interruptedData(NOW));
  const { pipeline } = await open(host, '/');
  const goOn = await within(pipeline).findByRole('button', { name: GO_ON });
  const priced = await host.commands.pipelineResumeEstimate('1');
  if (priced.status !== 'ok' || priced.data.kind !== 'run') throw new Error('a run has a price');
  const { creditsMin, creditsMax, balanceAfterMin, balanceAfterMax, capLeft } = priced.data.price;
  expect(goOn).toHaveTextContent(`${creditsMin}–${creditsMax} credits`);
  expect(goOn).toHaveTextContent(`${formatCreditSpan([balanceAfterMin, balanceAfterMax])} left`);
  await userEvent.click(goOn);
  const question = await screen.findByRole('dialog', { name: 'Resume the run' });
  expect(await within(question).findByRole('row', { name: /^Write drafts/ })).toBeVisible();
  expect(within(question).getByRole('row', { name: /^Make images/ })).toBeVisible();
  expect(within(question).getByText(/6 credits are held for it and count as there\./)).toBeVisible();
  expect(within(question).getByText(new RegExp(`may still spend ${capLeft} of its limit of 600`))).toBeVisible();
  expect(host.data.pipelines['1']?.standing).toBe('interrupted');
  await userEvent.click(within(question).getByRole('button', { name: 'Resume' }));
  await waitFor(() => expect(within(pipeline).queryByText(LEAD)).toBeNull());
  expect(host.data.operations.some(({ row }) => row.status === 'interrupted')).toBe(false);
});

it('comes to its end without a price where nothing is left to be paid', async () => {
  const host = fakeHost(interruptedData(NOW));
  host.commands.pipelineResumeEstimate = () =>
    Promise.resolve({ status: 'error' as const, error: { code: 'NothingToDo' as const } });
  const { pipeline } = await open(host, '/');
  await userEvent.click(await within(pipeline).findByRole('button', { name: 'Resume' }));
  await waitFor(() => expect(within(pipeline).queryByText(LEAD)).toBeNull());
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('waits while the books do not balance', async () => {
  const data = interruptedData(NOW);
  data.booksBalance = false;
  const { pipeline } = await open(fakeHost(data), '/');
  expect(await within(pipeline).findByRole('button', { name: GO_ON })).toHaveAttribute('aria-disabled', 'true');
  expect(within(pipeline).getByRole('button', { name: 'Cancel run' })).toBeEnabled();
});

it('says why work of no run stands still that a dear call has held, and of no crash', async () => {
  const data = interruptedData(NOW);
  Object.assign(data.pipelines['1'] ?? {}, { stoppedCode: 'shortfall', hasRun: false });
  for (const { row } of data.operations) if (row.id === 'op-cut') row.errorCode = 'shortfall';
  const { pipeline } = await open(fakeHost(data), '/');
  expect(await within(pipeline).findByText(/^Nothing is spent until you resume\./)).toBeVisible();
  expect(within(pipeline).getByText('Paused')).toBeVisible();
  expect(within(pipeline).getByText(/A call cost more than was held for it\./)).toBeVisible();
  expect(within(pipeline).queryByText(LEAD)).toBeNull();
});

it('says of a run that the books hold back why it waits, and not that it is done', async () => {
  const data = interruptedData(NOW);
  data.booksBalance = false;
  const operation = data.operations.find(({ row }) => row.id === 'op-cut');
  if (operation !== undefined) operation.row.status = 'pending';
  const pipelineOf = data.pipelines['1'];
  if (pipelineOf !== undefined) pipelineOf.standing = 'running';
  const { pipeline } = await open(fakeHost(data), '/');
  expect(await within(pipeline).findByText(/^Held back: the books do not balance/)).toBeVisible();
  expect(within(pipeline).queryByText(/^Done:/)).toBeNull();
});

it('shows a cancel that is under way to whoever opens the panel', async () => {
  const data = interruptedData(NOW);
  const operation = data.operations.find(({ row }) => row.id === 'op-cut');
  if (operation !== undefined) operation.row.status = 'pending';
  Object.assign(data.pipelines['1'] ?? {}, { standing: 'running', isStopping: true });
  const { pipeline } = await open(fakeHost(data), '/');
  expect(await within(pipeline).findByText('Stopping after this item')).toBeVisible();
  expect(within(pipeline).getByRole('button', { name: 'Stop now' })).toBeEnabled();
  expect(within(pipeline).queryByRole('button', { name: 'Cancel run' })).toBeNull();
  expect(within(pipeline).getByRole('button', { name: 'Pause' })).toBeDisabled();
});

it('says of a run that was being cancelled that nothing of it follows', async () => {
  const data = interruptedData(NOW);
  Object.assign(data.pipelines['1'] ?? {}, { isStopping: true, hasRun: false });
  const { pipeline } = await open(fakeHost(data), '/');
  expect(await within(pipeline).findByText(/^The run was being cancelled when Igny8 was closed/)).toBeVisible();
  expect(within(pipeline).queryByText(LEAD)).toBeNull();
});

it('says of a run that the books have ended why it stopped', async () => {
  const data = interruptedData(NOW);
  const pipelineOf = data.pipelines['1'];
  data.operations = data.operations.filter(({ row }) => row.id !== 'op-cut');
  if (pipelineOf !== undefined)
    Object.assign(pipelineOf, { standing: 'idle', stoppedCode: 'books_do_not_balance', operationId: null });
  const { pipeline } = await open(fakeHost(data), '/');
  expect(await within(pipeline).findByText(/^Stopped: The books do not balance/)).toBeVisible();
});

it('stands among the AI tasks as interrupted, with the same ways out', async () => {
  const host = fakeHost(interruptedData(NOW));
  await open(host, '/operations');
  const row = await screen.findByRole('row', { name: /Write drafts.*Interrupted/ });
  expect(within(row).queryByText('Running')).toBeNull();
  expect(screen.queryByRole('progressbar', { name: 'Writing drafts' })).toBeNull();
  expect(screen.getByText(/Writing drafts was interrupted/)).toBeVisible();
  await userEvent.click(await screen.findByRole('button', { name: GO_ON }));
  const question = await screen.findByRole('dialog', { name: 'Resume what was interrupted' });
  await userEvent.click(await within(question).findByRole('button', { name: 'Resume' }));
  await waitFor(() =>
    expect(host.data.operations.find(({ row: { id } }) => id === 'op-cut')?.row.status).toBe('success'),
  );
});

it('goes on with work of no run at its own price, of which what is held for it is a part', async () => {
  const data = aloneData();
  const host = fakeHost(data);
  await open(host, '/operations');
  const goOn = await screen.findByRole('button', { name: GO_ON });
  const priced = await host.commands.operationResumeEstimate('op-cut');
  if (priced.status !== 'ok' || priced.data.kind !== 'work') throw new Error('work has a price');
  const { credits, balanceAfter } = priced.data.price;
  const there = Number(ok(await host.commands.balance()).available) + 6;
  expect(Number(balanceAfter)).toBe(there - Number(credits));
  expect(goOn).toHaveTextContent(`about ${credits} credits`);
  await userEvent.click(goOn);
  await waitFor(() => expect(data.operations.find(({ row: { id } }) => id === 'op-cut')?.row.status).toBe('success'));
  expect(screen.queryByRole('dialog', { name: 'Resume what was interrupted' })).toBeNull();
});

it('asks with the price when it is gone on with from the menu of its row', async () => {
  const data = aloneData();
  await open(fakeHost(data), '/operations');
  const row = await screen.findByRole('row', { name: /Write drafts.*Interrupted/ });
  await userEvent.click(within(row).getByRole('button', { name: /^More actions for Write drafts/ }));
  await userEvent.click(await screen.findByRole('menuitem', { name: /^Resume/, hidden: true }));
  const question = await screen.findByRole('dialog', { name: 'Resume what was interrupted' });
  expect(await within(question).findByText('Likely price')).toBeVisible();
  expect(within(question).getByText('Balance afterwards')).toBeVisible();
  expect(data.operations.find(({ row: { id } }) => id === 'op-cut')?.row.status).toBe('interrupted');
  await userEvent.click(within(question).getByRole('button', { name: 'Resume' }));
  await waitFor(() => expect(data.operations.find(({ row: { id } }) => id === 'op-cut')?.row.status).toBe('success'));
});

it('does not go on with a model that has ended, and says which one follows', async () => {
  const host = fakeHost(interruptedData(NOW));
  host.failWith('pipelineResumeEstimate', {
    code: 'ModelEnded',
    detail: { model: 'Old one', endedOn: null, successor: 'New one' },
  });
  const { pipeline } = await open(host, '/');
  const goOn = await within(pipeline).findByRole('button', { name: /^Resume .*Old one/ });
  expect(goOn).toHaveAttribute('aria-disabled', 'true');
  expect(within(pipeline).getByText(/New one/)).toBeVisible();
  await userEvent.click(goOn);
  expect(host.data.pipelines['1']?.standing).toBe('interrupted');
});

it('does not go on without the credits for its first stage', async () => {
  const data = interruptedData(NOW);
  data.transactions = [];
  data.held = 50;
  const { pipeline } = await open(fakeHost(data), '/');
  const goOn = await within(pipeline).findByRole('button', { name: GO_ON });
  await waitFor(() => expect(goOn).toHaveAttribute('aria-disabled', 'true'));
  expect(within(pipeline).getByText(/There are not enough credits for this\./)).toBeVisible();
});

/** Drafts that a person began by themselves and that were interrupted. */
function aloneData() {
  const data = interruptedData(NOW);
  delete data.pipelines['1'];
  const operation = data.operations.find(({ row }) => row.id === 'op-cut');
  if (operation !== undefined) operation.row.startedBy = 'manual';
  return data;
}

function ok<T>(answer: Result<T>): T {
  if (answer.status === 'error') throw new Error(answer.error.code);
  return answer.data;
}

/** Opens a page, and answers the panel of the pipeline where there is one. */
async function open(host: FakeHost, path: string): Promise<{ pipeline: HTMLElement }> {
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: [`${path}?site=1`] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={() => NOW} />,
  );
  return { pipeline: path === '/' ? await screen.findByRole('region', { name: 'Pipeline' }) : document.body };
}
