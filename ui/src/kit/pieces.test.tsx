import { Notifications } from '@mantine/notifications';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderInTheme } from '../../tests/support/render';
import { Credits, Money, RollingCredits } from './Amounts';
import { ConfirmPopover } from './ConfirmPopover';
import { DensityProvider, useRowHeight } from './density';
import { EmptyState } from './EmptyState';
import { ErrorState } from './ErrorState';
import { FormModal } from './FormModal';
import { type Hotkeys, useHotkeys } from './hotkeys';
import { Mark } from './Mark';
import { MetricStrip } from './MetricCard';
import { Page } from './Page';
import { PricedButton } from './PricedButton';
import { ProgressLine } from './ProgressLine';
import { StatusDot } from './StatusDot';
import { SlotProvider, SlotTarget } from './slots';
import { undoToast } from './toasts';
import { When } from './When';

describe('amounts', () => {
  it('shows the unit, the money and that it is estimated, and every digit on hover', () => {
    renderInTheme(<Credits amount="31.123456" unit money="0.3112" estimated />);
    expect(screen.getByText('31.12 credits')).toHaveAttribute('title', '31.123456');
    expect(screen.getByText('$0.31')).toBeVisible();
    expect(screen.getByText(/estimated/)).toBeVisible();
  });

  it('says one credit, and half credits in the plural', () => {
    renderInTheme(
      <>
        <Credits amount="1" unit />
        <Credits amount="1.5" unit />
        <Money amount="2" />
      </>,
    );
    expect(screen.getByText('1 credit')).toBeVisible();
    expect(screen.getByText('1.5 credits')).toBeVisible();
    expect(screen.getByText('$2.00')).toBeVisible();
  });

  it('does not roll when the system asks for reduced motion', () => {
    renderInTheme(<RollingCredits amount="864.5" />);
    expect(screen.getByText('864.5')).toBeVisible();
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });
});

describe('instants', () => {
  it('are relative with the exact time on hover, and exact where asked', () => {
    renderInTheme(
      <>
        <When at="2026-11-23T09:00:00Z" zone="Europe/Berlin" />
        <When at="2026-11-24T08:30:00Z" zone="Europe/Berlin" style="exact" />
      </>,
    );
    expect(screen.getByText('3 hours ago')).toHaveAttribute('title', 'Mon 23 Nov, 10:00 · Berlin');
    expect(screen.getByText('Tue 24 Nov, 09:30 · Berlin')).toHaveAttribute('datetime', '2026-11-24T08:30:00Z');
  });
});

describe('a button that costs', () => {
  const price = { credits: '48', cost: '0.004', balanceAfter: '816.5' };

  it('carries credits, provider cost and what is left, to every digit on hover', async () => {
    const write = vi.fn();
    renderInTheme(<PricedButton label="Write 12 drafts" price={price} onPress={write} />);
    const name = 'Write 12 drafts about 48 credits · provider <$0.01 · 816.5 left';
    const button = screen.getByRole('button', { name });
    await userEvent.hover(button);
    expect(
      await screen.findByText(
        /^Provider cost \$0\.004 · 816\.5 credits left afterwards\. .*asked for again, at most twice, and its provider may bill that as well/,
      ),
    ).toBeVisible();
    await userEvent.click(button);
    expect(write).toHaveBeenCalledOnce();
  });

  it('says nothing of a bill where nobody bills', async () => {
    const price = { credits: '48', cost: '0', balanceAfter: '816.5' };
    renderInTheme(<PricedButton label="Write" price={price} onPress={vi.fn()} />);
    await userEvent.hover(screen.getByRole('button', { name: /^Write about/ }));
    expect(await screen.findByText('Provider cost $0.00 · 816.5 credits left afterwards')).toBeVisible();
  });

  it('stays reachable while blocked, says why, and does nothing', () => {
    const write = vi.fn();
    renderInTheme(<PricedButton label="Write" price={null} blocked="Nothing is chosen." onPress={write} />);
    const button = screen.getByRole('button', { name: 'Write Nothing is chosen.' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    fireEvent.click(button);
    expect(write).not.toHaveBeenCalled();
  });

  it('waits for its price', () => {
    const write = vi.fn();
    renderInTheme(<PricedButton label="Write" price={null} onPress={write} />);
    fireEvent.click(screen.getByRole('button', { name: 'Write Asking for the price' }));
    expect(write).not.toHaveBeenCalled();
  });
});

describe('acts', () => {
  it('that cannot be undone ask once and say what stays', async () => {
    const stop = vi.fn();
    renderInTheme(
      <ConfirmPopover question="What is written stays." confirmLabel="Stop the run" onConfirm={stop}>
        {(open) => (
          <button type="button" onClick={open}>
            Cancel run
          </button>
        )}
      </ConfirmPopover>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Cancel run' }));
    expect(screen.getByText('What is written stays.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(stop).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel run' }));
    await userEvent.click(screen.getByRole('button', { name: 'Stop the run' }));
    expect(stop).toHaveBeenCalledOnce();
  });

  it('that can be undone offer it in a toast, once', async () => {
    const undo = vi.fn();
    renderInTheme(<Notifications />);
    act(() => undoToast('Removed 12 keywords.', undo));
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(undo).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument());
  });
});

describe('progress', () => {
  it('says how far, what it took, how long still, and the item at hand', async () => {
    const cancel = vi.fn();
    renderInTheme(
      <ProgressLine
        label="Writing"
        done={12}
        total={40}
        credits="31"
        leftMs={42_000}
        current="Soil"
        onCancel={cancel}
      />,
    );
    expect(screen.getByText('12 of 40 · 31 credits · 0:42 left')).toBeVisible();
    expect(screen.getByText('Soil')).toBeVisible();
    expect(screen.getByRole('progressbar', { name: 'Writing' })).toHaveAttribute('aria-valuenow', '30');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await userEvent.click(screen.getByRole('button', { name: 'Keep going' }));
    expect(cancel).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Cancel' }));
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('says that it stops after the item once cancelled', () => {
    renderInTheme(<ProgressLine label="Writing" done={0} total={0} onCancel={() => {}} cancelling />);
    expect(screen.getByText('0 of 0 · Stopping')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Cancel' })).toBeDisabled();
  });
});

describe('states', () => {
  it('of emptiness are a sentence and an action', () => {
    renderInTheme(
      <EmptyState drawing="idea" sentence="Ideas wait here." action={<button type="button">Make</button>} />,
    );
    expect(screen.getByText('Ideas wait here.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Make' })).toBeVisible();
  });

  it('of failure keep their details folded', async () => {
    const problem = { what: 'It broke.', advice: 'Mend it.', details: 'HTTP 403' };
    renderInTheme(<ErrorState problem={problem} />);
    expect(screen.getByRole('alert')).toHaveTextContent('It broke.Mend it.');
    expect(screen.getByText('HTTP 403')).not.toBeVisible();
    await userEvent.click(screen.getByText('Details for support'));
    expect(screen.getByText('HTTP 403')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('of things are a word beside the dot', () => {
    renderInTheme(<StatusDot tone="warning" label="Needs you" />);
    expect(screen.getByText('Needs you')).toBeVisible();
  });

  it('in figures are named', () => {
    renderInTheme(<MetricStrip metrics={[{ label: 'Volume', value: '1,200' }]} />);
    expect(screen.getByRole('term')).toHaveTextContent('Volume');
    expect(screen.getByRole('definition')).toHaveTextContent('1,200');
  });
});

describe('a form', () => {
  it('submits by Enter and leaves by Cancel', async () => {
    const [submit, close] = [vi.fn(), vi.fn()];
    renderInTheme(
      <FormModal opened title="Add a site" submitLabel="Add" onSubmit={submit} onClose={close}>
        <input aria-label="Name" />
      </FormModal>,
    );
    await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Notes{Enter}');
    expect(submit).toHaveBeenCalledOnce();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(close).toHaveBeenCalledOnce();
  });
});

describe('a page', () => {
  it('puts its title, count and actions where the frame wants them', () => {
    renderInTheme(
      <SlotProvider>
        <header>
          <SlotTarget name="title" />
          <SlotTarget name="actions" />
        </header>
        <main>
          <Page title="Keywords" count={4210} actions={<button type="button">Import</button>}>
            rows
          </Page>
        </main>
      </SlotProvider>,
    );
    expect(screen.getByRole('banner')).toHaveTextContent('Keywords 4,210Import');
    expect(screen.getByRole('main')).toHaveTextContent(/^rows$/);
    expect(document.title).toBe('Keywords · Igny8');
  });
});

describe('keys', () => {
  it('act anywhere but in fields, with a modifier, or on a button that wants Enter', async () => {
    const act = vi.fn();
    const enter = vi.fn();
    renderInTheme(<Listening x={act} enter={enter} />);
    await userEvent.keyboard('x');
    await userEvent.keyboard('X');
    expect(act).toHaveBeenCalledTimes(2);
    await userEvent.type(screen.getByRole('textbox'), 'x');
    await userEvent.keyboard('{Control>}x{/Control}');
    expect(act).toHaveBeenCalledTimes(2);
    screen.getByRole('button').focus();
    await userEvent.keyboard('{Enter}');
    expect(enter).not.toHaveBeenCalled();
  });
});

describe('the rest', () => {
  it('gives rows the height of the chosen density', () => {
    const { rerender } = renderInTheme(<Height />);
    expect(screen.getByRole('status')).toHaveTextContent('36');
    rerender(
      <DensityProvider density="compact">
        <Height />
      </DensityProvider>,
    );
    expect(screen.getByRole('status')).toHaveTextContent('30');
  });

  it('reads the mark aloud only where it is named', () => {
    const { container } = renderInTheme(
      <>
        <Mark size="1rem" title="Igny8" />
        <Mark size="1rem" />
      </>,
    );
    expect(screen.getAllByRole('img')).toHaveLength(1);
    expect(container.querySelectorAll('svg[aria-hidden="true"]')).toHaveLength(1);
  });
});

function Height() {
  return <output>{useRowHeight()}</output>;
}

function Listening(keys: Hotkeys) {
  useHotkeys(keys);
  return (
    <>
      <input aria-label="field" />
      <button type="button">press</button>
    </>
  );
}
