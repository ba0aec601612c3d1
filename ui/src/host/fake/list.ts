/** Lists in memory: filters, search, sort, pages, facets and selections work as the real ones do. */
import type { Facet, Fault, ListFilter, ListQuery, Result, Selection, Sort } from '../contract';
import { fail, ok } from './world';

/** Fields of a filter, besides the search. */
export type FilterField = Exclude<keyof ListFilter, 'search' | Range>;
type Range = 'volumeMin' | 'volumeMax' | 'difficultyMin' | 'difficultyMax';

type Field<Row> = {
  /** What the row has, several where it is made of several; null when it has none. */
  of: (row: Row) => string | readonly string[] | null;
  /** Its name, where the value is an id. */
  label?: (row: Row) => string;
};

/** How the rows of one list are found and ordered. */
export type ListRules<Row> = {
  /** The text that the search looks through. */
  text: (row: Row) => string;
  fields: Partial<Record<FilterField, Field<Row>>>;
  /** The order when none is asked for. */
  sort: Sort;
};

/** Fields that a list is narrowed to but that are not offered as filters. */
const UNCOUNTED: ReadonlySet<FilterField> = new Set(['siteId', 'isDisabled', 'kind']);

type Page<Row> = { rows: Row[]; nextCursor: string | null; total: number };

const ROWS_MAX = 500;
const words = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** A page of rows; the cursor is the place of the next row. */
export function pageOf<Row extends { id: string }>(
  rows: readonly Row[],
  { filter, sort, cursor, limit }: ListQuery,
  rules: ListRules<Row>,
): Result<Page<Row>> {
  const fault = unknownField(filter, rules) ?? unknownColumn(rows, sort);
  if (fault !== null) return fail(fault);
  const found = sorted(matching(rows, filter, rules), sort ?? rules.sort);
  const start = cursor === null ? 0 : Number(cursor);
  const end = start + Math.min(ROWS_MAX, Math.max(1, limit));
  return ok({
    rows: found.slice(start, end),
    nextCursor: end < found.length ? String(end) : null,
    total: found.length,
  });
}

/** The values each filter can take, under the other filters. */
export function facetsOf<Row>(rows: readonly Row[], filter: ListFilter, rules: ListRules<Row>): Facet[] {
  return (Object.entries(rules.fields) as [FilterField, Field<Row>][])
    .filter(([field]) => !UNCOUNTED.has(field))
    .map(([field, { of, label }]) => {
      const counts = new Map<string, { label: string; count: number }>();
      for (const row of matching(rows, filter, rules, field)) {
        for (const value of new Set(had(of(row)))) {
          const entry = counts.get(value) ?? { label: label?.(row) ?? '', count: 0 };
          counts.set(value, { ...entry, count: entry.count + 1 });
        }
      }
      const values = [...counts].map(([value, entry]) => ({ value, ...entry }));
      return { field, values: values.sort((a, b) => b.count - a.count || words.compare(a.label, b.label)) };
    });
}

/** The rows an action is for. */
export function chosen<Row extends { id: string }>(
  rows: readonly Row[],
  selection: Selection,
  rules: ListRules<Row>,
): Row[] {
  if (selection.kind === 'ids') {
    const ids = new Set(selection.ids);
    return rows.filter(({ id }) => ids.has(id));
  }
  const except = new Set(selection.except);
  return matching(rows, selection.filter, rules).filter(({ id }) => !except.has(id));
}

function matching<Row>(rows: readonly Row[], filter: ListFilter, rules: ListRules<Row>, skip?: FilterField): Row[] {
  const wanted = (filter.search ?? '').trim().toLowerCase();
  const tests = (Object.entries(rules.fields) as [FilterField, Field<Row>][])
    .filter(([field]) => field !== skip)
    .flatMap(([field, { of }]) => {
      const values = valuesOf(filter, field);
      return values.length === 0 ? [] : [(row: Row) => had(of(row)).some((value) => values.includes(value))];
    });
  return rows.filter(
    (row) =>
      isInRanges(row, filter) &&
      tests.every((test) => test(row)) &&
      (wanted === '' || rules.text(row).toLowerCase().includes(wanted)),
  );
}

function had(value: string | readonly string[] | null): readonly string[] {
  if (value === null) return [];
  return typeof value === 'string' ? [value] : value;
}

function valuesOf(filter: ListFilter, field: FilterField): readonly string[] {
  const value = filter[field];
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [String(value)];
}

/** Unknown values stand at the end in either direction; equal ones keep the order of their ids. */
function sorted<Row extends { id: string }>(rows: readonly Row[], { column, descending }: Sort): Row[] {
  const sign = descending ? -1 : 1;
  const keyed = rows.map((row) => ({
    row,
    key: (row as Record<string, unknown>)[column] as string | number | null,
    id: Number(row.id),
  }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || a.id - b.id;
    const difference = isAmount(a.key) ? Number(a.key) - Number(b.key) : words.compare(String(a.key), String(b.key));
    return sign * difference || a.id - b.id;
  });
  return keyed.map(({ row }) => row);
}

/** Numbers, and amounts written as decimal strings. */
function isAmount(key: string | number): boolean {
  return typeof key === 'number' || /^-?\d+(\.\d+)?$/.test(key);
}

/** Unknown figures are in no range. */
function isInRanges<Row>(row: Row, filter: ListFilter): boolean {
  const { volume, difficulty } = row as { volume?: number | null; difficulty?: number | null };
  const holds = (value: number | null | undefined, least: number | null = null, most: number | null = null) =>
    (least === null || (value ?? -1) >= least) && (most === null || (value ?? Number.POSITIVE_INFINITY) <= most);
  return (
    holds(volume, filter.volumeMin, filter.volumeMax) && holds(difficulty, filter.difficultyMin, filter.difficultyMax)
  );
}

const RANGES: ReadonlySet<string> = new Set(['volumeMin', 'volumeMax', 'difficultyMin', 'difficultyMax', 'search']);

function unknownField<Row>(filter: ListFilter, rules: ListRules<Row>): Fault | null {
  const asked = Object.keys(filter).filter((field) => !RANGES.has(field)) as FilterField[];
  const field = asked.find((name) => valuesOf(filter, name).length > 0 && rules.fields[name] === undefined);
  return field === undefined ? null : { code: 'InvalidField', detail: { field, rule: 'unknown' } };
}

function unknownColumn<Row extends object>(rows: readonly Row[], sort: Sort | null): Fault | null {
  const [first] = rows;
  if (sort === null || first === undefined || sort.column in first) return null;
  return { code: 'InvalidField', detail: { field: sort.column, rule: 'unknown' } };
}
