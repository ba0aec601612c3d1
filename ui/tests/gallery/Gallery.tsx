/** The parts of the gallery: `table` in its states, and `pieces`. */

import { Button, VisuallyHidden } from '@mantine/core';
import { Droplet, Pencil, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { EmptyState } from '../../src/kit/EmptyState';
import { DataTable } from '../../src/kit/table/DataTable';
import type { ListSource, ListView } from '../../src/kit/table/types';
import { matching, PLANT_COLUMNS, PLANT_FILTERS, type Plant, plants, ready, WHOLE_GARDEN } from '../support/plants';
import { Pieces } from './Pieces';

const ROWS = 100_000;
const GARDEN = plants(ROWS);

export function Gallery({ part }: { part: string }) {
  switch (part) {
    case 'pieces':
      return <Pieces />;
    case 'empty':
      return <Garden source={nothing} />;
    case 'failed':
      return <Garden source={failed} />;
    case 'loading':
      return <Garden source={loading} />;
    default:
      return <Garden source={garden} />;
  }
}

function Garden({ source }: { source: (view: ListView) => ListSource<Plant> }) {
  const [view, setView] = useState(WHOLE_GARDEN);
  const rows = useMemo(() => source(view), [source, view]);
  return (
    <main style={{ height: '100vh', display: 'flex', flexDirection: 'column' }}>
      <VisuallyHidden component="h1">Plants</VisuallyHidden>
      <DataTable
        title="Plants"
        columns={PLANT_COLUMNS}
        rowId={idOf}
        rowName={nameOf}
        source={rows}
        view={view}
        onViewChange={setView}
        filters={PLANT_FILTERS}
        metrics={METRICS}
        rowActions={ROW_ACTIONS}
        bulkActions={BULK_ACTIONS}
        empty={
          <EmptyState
            drawing="list"
            sentence="Plants you add stand here, with what they need today."
            action={<Button>Add a plant</Button>}
          />
        }
      />
    </main>
  );
}

const garden = (view: ListView) => ready(matching(GARDEN, view));
const nothing = () => ready([]);
const loading = (): ListSource<Plant> => ({ ...ready([]), phase: 'loading', total: null });
const failed = (): ListSource<Plant> => ({
  ...ready([]),
  phase: 'failed',
  problem: {
    what: 'The garden could not be read.',
    advice: 'The gate is closed. Open it and try again.',
    details: 'gate 7, 12:00',
  },
});
const idOf = (plant: Plant) => plant.id;
const nameOf = (plant: Plant) => plant.name;
const METRICS = [
  { label: 'Thriving', value: '66,666' },
  { label: 'Thirsty', value: '33,334', hint: 'Not watered for a day' },
];
const ROW_ACTIONS = [
  { id: 'open', label: 'Open', shortcut: 'open' as const, run: () => {} },
  { id: 'water', label: 'Water', icon: <Droplet size="1rem" />, quick: true, run: () => {} },
  { id: 'edit', label: 'Edit', icon: <Pencil size="1rem" />, shortcut: 'edit' as const, run: () => {} },
  { id: 'fell', label: 'Fell', icon: <Trash2 size="1rem" />, tone: 'danger' as const, run: () => {} },
];
const BULK_ACTIONS = [
  { id: 'water', label: 'Water', icon: <Droplet size="1rem" />, run: () => {} },
  { id: 'fell', label: 'Fell', icon: <Trash2 size="1rem" />, tone: 'danger' as const, run: () => {} },
];
