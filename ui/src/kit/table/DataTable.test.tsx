import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import {
  matching,
  PLANT_COLUMNS,
  PLANT_FILTERS,
  type Plant,
  plants,
  ready,
  WHOLE_GARDEN,
} from '../../../tests/support/plants';
import { renderInTheme } from '../../../tests/support/render';
import { DataTable } from './DataTable';
import type { BulkAction, ListSource, RowAction, Selection } from './types';

const GARDEN = plants(100);

describe('the table template', () => {
  it('draws only the rows in sight, with their place among all that match', () => {
    renderInTheme(<Garden source={ready(plants(500), 100_000)} />);
    const grid = screen.getByRole('grid', { name: 'Plants list' });
    expect(grid).toHaveAttribute('aria-rowcount', '100001');
    expect(within(grid).getAllByRole('row').length).toBeLessThan(40);
    expect(screen.getByRole('row', { name: /Birch 2 / })).toHaveAttribute('aria-rowindex', '3');
  });

  it('names the unit of a number in its header and hides columns that wait to be chosen', async () => {
    renderInTheme(<Garden />);
    expect(screen.getByRole('columnheader', { name: 'Height (cm)' })).toBeVisible();
    expect(screen.queryByRole('columnheader', { name: 'Id' })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Id' }));
    expect(screen.getByRole('columnheader', { name: 'Id' })).toBeVisible();
    expect(screen.queryByRole('checkbox', { name: 'Plant' })).not.toBeInTheDocument();
  });

  it('sorts by a header, largest first for numbers, and tells so', async () => {
    renderInTheme(<Garden />);
    await userEvent.click(screen.getByRole('button', { name: 'Height (cm)' }));
    expect(screen.getByRole('columnheader', { name: /Height/ })).toHaveAttribute('aria-sort', 'descending');
    await userEvent.click(screen.getByRole('button', { name: 'Height (cm)' }));
    expect(screen.getByRole('columnheader', { name: /Height/ })).toHaveAttribute('aria-sort', 'ascending');
  });

  it('filters by a select that starts with all, and takes the filter back at its chip', async () => {
    renderInTheme(<Garden />);
    await userEvent.click(screen.getByRole('combobox', { name: 'Family' }));
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
      'All families',
      'Betulaceae34',
      'Pinaceae33',
      'Cornaceae32',
    ]);
    await userEvent.click(screen.getByRole('option', { name: /Pinaceae/ }));
    expect(screen.queryByRole('row', { name: /Alder 1 / })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Remove filter Family' }));
    expect(screen.getByRole('row', { name: /Alder 1 / })).toBeInTheDocument();
  });

  it('searches, and offers the way back when nothing matches', async () => {
    renderInTheme(<Garden />);
    await userEvent.type(screen.getByRole('searchbox'), 'baobab');
    await waitFor(() => expect(screen.getByText('Nothing matches these filters.')).toBeVisible());
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByRole('grid')).toBeVisible();
  });

  it('moves by J, K and arrows, selects by X, opens by Enter, searches by /', async () => {
    const opened = vi.fn();
    renderInTheme(<Garden rowActions={[{ id: 'open', label: 'Open', shortcut: 'open', run: opened }]} />);
    await userEvent.keyboard('jj{ArrowDown}k');
    const grid = screen.getByRole('grid');
    expect(document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')).toHaveTextContent('Birch 2');
    await userEvent.keyboard('x');
    expect(screen.getByRole('checkbox', { name: 'Select Birch 2' })).toBeChecked();
    await userEvent.keyboard('{Enter}');
    expect(opened).toHaveBeenCalledWith(GARDEN[1]);
    await userEvent.keyboard('/');
    expect(screen.getByRole('searchbox')).toHaveFocus();
    await userEvent.keyboard('jx');
    expect(screen.getByRole('searchbox')).toHaveValue('jx');
    expect(screen.getByRole('checkbox', { name: 'Select Birch 2' })).toBeChecked();
  });

  it('selects the loaded rows, then all that match, and hands the rule to the action', async () => {
    const chosen: Selection[] = [];
    const bulk: BulkAction[] = [{ id: 'water', label: 'Water', run: (selection) => chosen.push(selection) }];
    renderInTheme(<Garden source={ready(GARDEN, 4210)} bulkActions={bulk} />);
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select all loaded rows' }));
    expect(screen.getByRole('region', { name: 'Actions for the selected rows' })).toHaveTextContent(
      '100 of 4,210 selected',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Select all 4,210 that match' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select Birch 2' }));
    expect(screen.getByRole('status')).toHaveTextContent('4,209 of 4,210 selected');
    await userEvent.click(screen.getByRole('button', { name: 'Water' }));
    expect(chosen).toEqual([{ all: true, except: new Set(['p1']) }]);
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('status')).not.toBeInTheDocument();
  });

  it('opens the menu of a row and offers only what applies to it', async () => {
    const felled = vi.fn();
    const actions: RowAction<Plant>[] = [
      { id: 'water', label: 'Water', run: () => {}, applies: (plant) => !plant.thriving },
      { id: 'fell', label: 'Fell', tone: 'danger', run: felled },
    ];
    renderInTheme(<Garden rowActions={actions} />);
    await userEvent.click(screen.getByRole('button', { name: 'More actions for Birch 2' }));
    expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual(['Fell']);
    await userEvent.click(screen.getByRole('menuitem', { name: 'Fell' }));
    expect(felled).toHaveBeenCalledWith(GARDEN[1]);
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
  });

  it('asks for the next page before the end comes into sight', () => {
    const loadMore = vi.fn();
    renderInTheme(<Garden source={{ ...ready(plants(30), 60), loadMore }} />);
    expect(loadMore).toHaveBeenCalled();
  });

  it('says what failed and tries again', async () => {
    const retry = vi.fn();
    const source: ListSource<Plant> = {
      ...ready([]),
      phase: 'failed',
      problem: { what: 'The garden is closed.' },
      retry,
    };
    renderInTheme(<Garden source={source} />);
    expect(screen.getByRole('alert')).toHaveTextContent('The garden is closed.');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledOnce();
  });

  it('shows the page’s own words when there is nothing at all, and a busy grid while loading', () => {
    const { unmount } = renderInTheme(<Garden source={ready([])} />);
    expect(screen.getByText('No plants yet')).toBeVisible();
    unmount();
    renderInTheme(<Garden source={{ ...ready([]), phase: 'loading', total: null }} />);
    expect(screen.getByRole('grid')).toHaveAttribute('aria-busy', 'true');
  });
});

type GardenProps = { source?: ListSource<Plant>; rowActions?: RowAction<Plant>[]; bulkActions?: BulkAction[] };

const KEEP: BulkAction[] = [{ id: 'keep', label: 'Keep', run: () => {} }];

/** A page with a list: it keeps the view and asks its source again when the view changes. */
function Garden({ source, rowActions = [], bulkActions = KEEP }: GardenProps) {
  const [view, setView] = useState(WHOLE_GARDEN);
  return (
    <DataTable
      title="Plants"
      columns={PLANT_COLUMNS}
      rowId={(plant) => plant.id}
      rowName={(plant) => plant.name}
      source={source ?? ready(matching(GARDEN, view))}
      view={view}
      onViewChange={setView}
      filters={PLANT_FILTERS}
      rowActions={rowActions}
      bulkActions={bulkActions}
      empty={<p>No plants yet</p>}
    />
  );
}
