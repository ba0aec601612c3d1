import { createMemoryHistory } from '@tanstack/react-router';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { type FakeHost, fakeHost } from '../../host/fake';
import { emptyData } from '../../host/fake/data';
import { pastData } from '../../host/fake/seedPast';
import { memoryColorScheme } from '../../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');

it('warns of a model in use that ends, and switches to its successor in one step', async () => {
  const host = fakeHost(pastData(readClock()), { now: readClock });
  open(host, '/models');
  const radar = await screen.findByRole('region', { name: 'Ending soon' });
  expect(await within(radar).findByText('GPT-5 ends on 5 Dec 2026')).toBeVisible();
  expect(within(radar).getByText('Used for Write drafts (Live)')).toBeVisible();
  await userEvent.click(within(radar).getByRole('button', { name: 'Switch to GPT-6.1 Terra' }));
  expect(await screen.findByText('GPT-6.1 Terra takes the place of GPT-5 in 1 place.')).toBeVisible();
  expect(await within(radar).findByText('No model in use ends within thirty days.')).toBeVisible();
  expect(host.data.modelRoles).toEqual([{ mode: 'live', function: 'generate_content', modelId: '3' }]);
});

it('tells of a model in use that its provider did not know, without saying that it ended', async () => {
  const host = fakeHost(pastData(readClock()), { now: readClock });
  const writer = host.data.models.find(({ modelName }) => modelName === 'gpt-5');
  Object.assign(writer ?? {}, { retiresOn: null, endsSoon: false });
  host.data.unknownModels = [writer?.id ?? ''];
  open(host, '/models');
  const radar = await screen.findByRole('region', { name: 'Ending soon' });
  expect(await within(radar).findByText('The provider did not know GPT-5 when it was asked last')).toBeVisible();
  expect(within(radar).queryByText(/ended/)).toBeNull();
  expect(within(radar).getByRole('button', { name: 'Switch to GPT-6.1 Terra' })).toBeVisible();
});

it('switches to the models to try things with, and back', async () => {
  const host = fakeHost(emptyData(readClock()), { now: readClock });
  open(host, '/models');
  await userEvent.click(await screen.findByRole('radio', { name: 'Testing' }));
  await waitFor(() => expect(host.data.modelMode).toBe('testing'));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(host.data.modelMode).toBe('live'));
});

it('connects a provider, keeps its key out of sight, and uses one of its models', async () => {
  const host = fakeHost(emptyData(readClock()), { now: readClock });
  open(host, '/models?tab=providers');
  expect(await screen.findByText(/No provider is connected/)).toBeVisible();
  await userEvent.click(screen.getAllByRole('button', { name: 'Connect a provider' })[0] as HTMLElement);
  const form = await screen.findByRole('dialog', { name: 'Connect a provider' });
  await userEvent.type(within(form).getByRole('textbox', { name: 'Name' }), 'openai');
  await userEvent.type(within(form).getByRole('textbox', { name: 'Address' }), 'https://api.openai.com/v1');
  await userEvent.type(within(form).getByLabelText('Key'), 'sk-canary-0123456789');
  await userEvent.click(within(form).getByRole('button', { name: 'Connect' }));
  expect(await screen.findByText(/Key ends in 6789/)).toBeVisible();
  expect(document.body.innerHTML).not.toContain('canary');
});

it('tests a provider for nothing and says how it stands', async () => {
  const host = fakeHost(pastData(readClock()), { now: readClock });
  open(host, '/models?tab=providers');
  await userEvent.click(await screen.findByRole('button', { name: 'Test openai' }));
  expect(await screen.findByText('There, and takes the key')).toBeVisible();
  expect(screen.getByText('It lists 3 models. Asking costs nothing.')).toBeVisible();
  for (const provider of host.data.providers) provider.hasKey = false;
  await userEvent.click(screen.getByRole('button', { name: 'Test openai' }));
  expect(await screen.findByText('Does not take the key')).toBeVisible();
});

it('changes how often a provider is asked and keeps its key, which goes to no other address', async () => {
  const host = fakeHost(pastData(readClock()), { now: readClock });
  open(host, '/models?tab=providers');
  await userEvent.click(await screen.findByRole('button', { name: 'Change openai' }));
  const form = await screen.findByRole('dialog', { name: 'Change openai' });
  const rate = within(form).getByRole('textbox', { name: 'Requests in a minute at the most' });
  expect(rate).toHaveValue('60');
  await userEvent.clear(rate);
  await userEvent.type(rate, '0');
  await userEvent.click(within(form).getByRole('button', { name: 'Connect' }));
  expect(within(form).getByText('A whole number such as 1000.')).toBeVisible();
  await userEvent.clear(rate);
  await userEvent.type(rate, '20');
  const address = within(form).getByRole('textbox', { name: 'Address' });
  await userEvent.type(address, '/other');
  await userEvent.click(within(form).getByRole('button', { name: 'Connect' }));
  expect(await within(form).findByText(/was given for another address/)).toBeVisible();
  await userEvent.clear(address);
  await userEvent.type(address, 'https://api.openai.com/v1');
  await userEvent.click(within(form).getByRole('button', { name: 'Connect' }));
  expect(await screen.findByText(/Key ends in k3yZ .* At most 20 times a minute/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Change openai' }));
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Forget its key' }));
  await userEvent.click(screen.getByRole('button', { name: 'Connect' }));
  expect(await screen.findByText(/Without a key/)).toBeVisible();
});

it('changes what an image model can be asked for, and says which part does not fit', async () => {
  const host = fakeHost(pastData(readClock()), { now: readClock });
  open(host, '/models?tab=catalogue&open=%226%22');
  expect(await screen.findByText('Any size')).toBeVisible();
  await userEvent.click(await screen.findByRole('button', { name: 'New price' }));
  const form = await screen.findByRole('dialog', { name: 'New price for GPT Image 2' });
  await userEvent.click(within(form).getByRole('radio', { name: 'A list of sizes' }));
  const sizes = within(form).getByRole('textbox', { name: 'Its sizes' });
  fireEvent.change(sizes, { target: { value: 'large' } });
  const qualities = within(form).getByLabelText('Qualities');
  await userEvent.type(qualities, 'lo{Enter}hi{Enter}');
  await userEvent.click(within(form).getByRole('combobox', { name: 'Asked for' }));
  await userEvent.click(await screen.findByRole('option', { name: 'hi', hidden: true }));
  await userEvent.click(within(form).getByRole('button', { name: 'Save the new price' }));
  expect(within(form).getByText('One size a line, such as 1024x1024, and at least one.')).toBeVisible();
  fireEvent.change(sizes, { target: { value: '1536x1024\n1024x1024' } });
  await userEvent.type(qualities, '{Backspace}');
  await userEvent.click(within(form).getByRole('button', { name: 'Save the new price' }));
  expect(await within(form).findByText(/has a quality that is none of its own/)).toBeVisible();
  await userEvent.type(qualities, 'hi{Enter}');
  await userEvent.click(within(form).getByRole('button', { name: 'Save the new price' }));
  expect(await within(form).findByText(/has no price of the quality that is asked for/)).toBeVisible();
  await userEvent.type(within(form).getByRole('textbox', { name: 'Credits, hi' }), '24');
  await userEvent.click(within(form).getByRole('button', { name: 'Save the new price' }));
  expect(await screen.findByText('The new price of GPT Image 2 counts from now on.')).toBeVisible();
  expect(await screen.findByText('1536x1024, 1024x1024')).toBeVisible();
  expect(host.data.models.at(-1)?.picture).toBe(
    '{"sizes":{"listed":[{"width":1536,"height":1024},{"width":1024,"height":1024}]},' +
      '"qualities":["lo","hi"],"quality":"hi","negative":"in_prompt"}',
  );
});

it('shows and stores the price of the quality that is asked for', async () => {
  const host = fakeHost(pastData(readClock()), { now: readClock });
  const tier = (quality: string, credits: string, isAsked: boolean) => ({
    ...{ quality, pixelsMax: null, costPerImage: null, imageTokens: 272, creditsPerImage: credits },
    ...{ likelyCost: '0.01', isAsked },
  });
  const model = host.data.models.find(({ id }) => id === '6');
  Object.assign(model ?? {}, {
    picture: '{"qualities":["low","high","max"],"quality":"low"}',
    tiers: [tier('low', '2', true), tier('high', '24', false)],
    creditsPerImage: '2',
  });
  open(host, '/models?tab=catalogue&open=%226%22');
  expect(await screen.findByText('$0.01, 2 an image, asked for')).toBeVisible();
  expect(screen.getByText('$0.01, 24 an image')).toBeVisible();
  await userEvent.click(await screen.findByRole('button', { name: 'New price' }));
  const form = await screen.findByRole('dialog', { name: 'New price for GPT Image 2' });
  expect(within(form).queryByRole('textbox', { name: 'Credits for one image' })).toBeNull();
  expect(within(form).getByText('Asked for is low, at 2 credits an image.')).toBeVisible();
  const choose = async (quality: string) => {
    await userEvent.click(within(form).getByRole('combobox', { name: 'Asked for' }));
    await userEvent.click(await screen.findByRole('option', { name: quality, hidden: true }));
  };
  await choose('max');
  expect(within(form).getByText(/Nobody has said what max costs/)).toBeVisible();
  await userEvent.click(within(form).getByRole('button', { name: 'Save the new price' }));
  expect(await within(form).findByText(/has no price of the quality that is asked for/)).toBeVisible();
  await choose('high');
  expect(within(form).getByText('Asked for is high, at 24 credits an image.')).toBeVisible();
  await userEvent.click(within(form).getByRole('button', { name: 'Save the new price' }));
  expect(await screen.findByText('The new price of GPT Image 2 counts from now on.')).toBeVisible();
  expect(host.data.models.at(-1)).toMatchObject({ creditsPerImage: '24', isActive: true });
});

it('connects the provider of a model from its drawer, and takes a price for it before', async () => {
  const host = fakeHost(pastData(readClock()), { now: readClock });
  host.data.providers = host.data.providers.filter(({ name }) => name !== 'anthropic');
  open(host, '/models?tab=catalogue&open=%225%22');
  await userEvent.click(await screen.findByRole('button', { name: 'New price' }));
  const form = await screen.findByRole('dialog', { name: 'New price for Claude Sonnet 5.5' });
  const input = within(form).getByRole('textbox', { name: 'Tokens read' });
  await userEvent.clear(input);
  await userEvent.type(input, '0.003');
  await userEvent.click(within(form).getByRole('button', { name: 'Save the new price' }));
  expect(await screen.findByText('The new price of Claude Sonnet 5.5 counts from now on.')).toBeVisible();
  const history = await screen.findByRole('region', { name: 'Prices over time' });
  expect(await within(history).findByText('$0.003')).toBeVisible();
  expect(within(history).getByRole('columnheader', { name: 'Read from the cache' })).toBeVisible();
  expect(within(history).getByRole('columnheader', { name: 'Written to the cache' })).toBeVisible();
  expect(within(history).queryByRole('columnheader', { name: 'Thinking' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Use for all texts' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Connect its provider' }));
  const connecting = await screen.findByRole('dialog', { name: 'Connect a provider' });
  expect(within(connecting).getByRole('textbox', { name: 'Address' })).toHaveValue('https://api.anthropic.com');
  await userEvent.type(within(connecting).getByLabelText('Key'), 'sk-canary-0123456789');
  await userEvent.click(within(connecting).getByRole('button', { name: 'Connect' }));
  expect(await screen.findByRole('button', { name: 'Use for all texts' })).toBeVisible();
});

it('takes another price for a model that has ended', async () => {
  const host = fakeHost(pastData(readClock()), { now: readClock });
  open(host, '/models?tab=catalogue&open=%227%22');
  await userEvent.click(await screen.findByRole('button', { name: 'New price' }));
  expect(await screen.findByRole('dialog', { name: 'New price for DALL·E 3' })).toBeVisible();
});

it('says why the catalogue cannot be read', async () => {
  const host = fakeHost(emptyData(readClock()), { now: readClock });
  host.failWith('modelRoles', { code: 'Corrupt' });
  open(host, '/models');
  expect(await screen.findByText('The database is damaged.')).toBeVisible();
});

function open(host: FakeHost, address: string) {
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: [address] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
}
