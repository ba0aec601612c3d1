/** Demo rows for the table template: nothing of the product, so that the template stays free of it. */
import type { Column, Filter, ListSource, ListView, Sort } from '../../src/kit/table/types';

export type Plant = {
  id: string;
  name: string;
  family: string;
  height: number | null;
  price: string | null;
  credits: string;
  watered: string;
  thriving: boolean;
};

const NAMES = ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Ginkgo', 'Hazel', 'Ivy', 'Juniper'];
const FAMILIES = ['Betulaceae', 'Pinaceae', 'Cornaceae'];
const HOUR_MS = 3_600_000;

/** The first `count` plants of an endless, always equal garden. */
export function plants(count: number, now = new Date('2026-11-23T12:00:00Z')): Plant[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `p${at}`,
    name:
      at === 3
        ? 'A dogwood with a name so long that no column of any table will ever have room enough for the whole of it'
        : `${NAMES[at % NAMES.length]} ${at + 1}`,
    family: FAMILIES[at % FAMILIES.length] ?? '',
    height: at % 7 === 5 ? null : (at * 7919) % 4000,
    price: at % 5 === 4 ? null : (((at * 31) % 977) / 100).toFixed(4),
    credits: String((at % 40) + 0.5),
    watered: new Date(now.getTime() - at * HOUR_MS).toISOString(),
    thriving: at % 3 !== 0,
  }));
}

export const PLANT_COLUMNS: readonly Column<Plant>[] = [
  { id: 'name', header: 'Plant', type: 'text', value: (plant) => plant.name, fixed: true, sortable: true },
  { id: 'family', header: 'Family', type: 'text', value: (plant) => plant.family, width: 32 },
  {
    id: 'height',
    header: 'Height',
    unit: 'cm',
    type: 'number',
    value: (plant) => plant.height,
    width: 28,
    sortable: true,
    hint: 'At the last visit',
  },
  { id: 'price', header: 'Price', type: 'money', value: (plant) => plant.price, width: 24 },
  { id: 'credits', header: 'Credits', type: 'credits', value: (plant) => plant.credits, width: 24, sortable: true },
  {
    id: 'state',
    header: 'State',
    type: 'status',
    value: (plant) => (plant.thriving ? { tone: 'success', label: 'Thriving' } : { tone: 'warning', label: 'Thirsty' }),
    width: 32,
  },
  { id: 'watered', header: 'Watered', type: 'time', value: (plant) => plant.watered, width: 36, sortable: true },
  { id: 'id', header: 'Id', type: 'text', value: (plant) => plant.id, width: 16, hiddenAtFirst: true },
];

export const PLANT_FILTERS: readonly Filter[] = [
  {
    id: 'family',
    label: 'Family',
    allLabel: 'All families',
    options: FAMILIES.map((family, at) => ({ value: family, label: family, count: 34 - at })),
  },
  {
    id: 'state',
    label: 'State',
    allLabel: 'All states',
    options: [
      { value: 'thriving', label: 'Thriving', count: 66 },
      { value: 'thirsty', label: 'Thirsty', count: 34 },
    ],
  },
];

export const WHOLE_GARDEN: ListView = { search: '', filters: {}, sort: null };

/** A source that has everything already. */
export function ready(rows: readonly Plant[], total = rows.length): ListSource<Plant> {
  return {
    rows,
    total,
    phase: 'ready',
    refreshing: false,
    hasMore: rows.length < total,
    loadMore: () => {},
    problem: null,
    retry: () => {},
  };
}

/** What a host would answer: searched, filtered and sorted. */
export function matching(all: readonly Plant[], view: ListView): Plant[] {
  const wanted = view.search.toLowerCase();
  return all
    .filter((plant) => plant.name.toLowerCase().includes(wanted))
    .filter((plant) => view.filters.family === undefined || plant.family === view.filters.family)
    .filter((plant) => view.filters.state === undefined || plant.thriving === (view.filters.state === 'thriving'))
    .sort(order(view.sort));
}

function order(sort: Sort | null): (a: Plant, b: Plant) => number {
  if (sort === null) return () => 0;
  const sign = sort.descending ? -1 : 1;
  const key = sort.column as keyof Plant;
  return (a, b) => sign * String(a[key] ?? '').localeCompare(String(b[key] ?? ''), 'en', { numeric: true });
}
