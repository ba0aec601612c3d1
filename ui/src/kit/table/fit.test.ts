import { describe, expect, it } from 'vitest';
import { placed, standing, tracks } from './fit';
import type { Column } from './types';

type Row = { name: string; state: string; why: string | null };

const text = (id: string, more: object = {}): Column<Row> => ({
  id,
  header: id,
  type: 'text',
  value: ({ name }) => name,
  ...more,
});
const NAME = text('name', { fixed: true });
const KIND = text('kind', { width: 20 });
const COUNT: Column<Row> = { id: 'count', header: 'Count', type: 'number', value: () => 1, width: 20 };
const COST: Column<Row> = { id: 'cost', header: 'Cost', type: 'money', value: () => '1', width: 20 };
const STATE: Column<Row> = {
  id: 'state',
  header: 'State',
  type: 'status',
  value: ({ state }) => ({ tone: 'neutral', label: state }),
};
const WHY = text('why', { width: 40, yields: 'last', value: ({ why }: Row) => why });
const ALL = [NAME, KIND, COUNT, COST, STATE, WHY];
const ROWS: Row[] = [
  { name: 'A', state: 'Ready', why: null },
  { name: 'B', state: 'Changes that are not on the site', why: 'No answer' },
];

describe('the room of a list', () => {
  it('lets describing words go first, then figures, then money; the name and the state stay', () => {
    const places = placed(ALL, ROWS);
    const whole = places.reduce((sum, { steps }) => sum + steps, 0);
    expect([...standing(places, null, {})]).toEqual(['name', 'kind', 'count', 'cost', 'state', 'why']);
    expect([...standing(places, whole, {})]).toHaveLength(6);
    expect([...standing(places, whole - 1, {})]).toEqual(['name', 'count', 'cost', 'state', 'why']);
    expect([...standing(places, whole - 21, {})]).toEqual(['name', 'cost', 'state', 'why']);
    expect([...standing(places, 1, {})]).toEqual(['name', 'state']);
  });

  it('gives a state the width of its longest words', () => {
    const steps = (rows: Row[]) => placed([STATE], rows)[0]?.steps ?? 0;
    expect(steps(ROWS)).toBeGreaterThan(steps(ROWS.slice(0, 1)));
    expect(steps(ROWS) * 4).toBeGreaterThan('Changes that are not on the site'.length * 7);
  });

  it('follows the user before its own order', () => {
    const places = placed(ALL, ROWS);
    expect([...standing(places, 1, { kind: true })]).toEqual(['name', 'kind', 'state']);
    expect([...standing(places, null, { cost: false })]).not.toContain('cost');
    expect([...standing(placed([NAME, { ...KIND, hiddenAtFirst: true }], ROWS), null, {})]).toEqual(['name']);
  });

  it('lets a column go first that says nothing in any row', () => {
    const silent = placed(ALL, ROWS.slice(0, 1));
    const whole = silent.reduce((sum, { steps }) => sum + steps, 0);
    expect([...standing(silent, whole - 1, {})]).toEqual(['name', 'kind', 'count', 'cost', 'state']);
  });

  it('gives the naming column what is left', () => {
    expect(tracks(placed([NAME, COUNT], ROWS))).toMatch(
      /^minmax\(calc\(\d+ \* var\(--space-1\)\), 1fr\) calc\(20 \* var\(--space-1\)\)$/,
    );
  });
});
