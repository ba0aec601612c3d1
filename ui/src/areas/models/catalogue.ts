/** What of the catalogue's rows a list shows: one row for each model, found, narrowed and put in order. */
import type { ModelView } from '../../host';
import type { ListView } from '../../kit/table/types';

/** One row for each model: the one that is on, else the last that was. */
export function newest(rows: readonly ModelView[]): ModelView[] {
  const byName = new Map<string, ModelView>();
  for (const row of rows) {
    const key = `${row.provider}/${row.modelName}`;
    const other = byName.get(key);
    const isNewer = other === undefined || (!other.isActive && (row.isActive || Number(row.id) > Number(other.id)));
    if (isNewer) byName.set(key, row);
  }
  return [...byName.values()];
}

/** The rows of the same model, the latest price first. */
export function pricesOf(rows: readonly ModelView[], { provider, modelName }: ModelView): ModelView[] {
  return rows
    .filter((row) => row.provider === provider && row.modelName === modelName)
    .sort((one, other) => Number(other.id) - Number(one.id));
}

/** Rows that a view leaves, in its order. Without an order, what can be used comes first. */
export function shown(rows: readonly ModelView[], { search, filters, sort }: ListView): ModelView[] {
  const wanted = search.trim().toLowerCase();
  const left = rows.filter(
    (row) =>
      `${row.displayName} ${row.modelName} ${row.provider}`.toLowerCase().includes(wanted) &&
      (filters.provider === undefined || row.provider === filters.provider) &&
      (filters.kind === undefined || row.modelType === filters.kind) &&
      (filters.state === undefined || row.state === filters.state),
  );
  if (sort === null) return left.sort((one, other) => rank(one) - rank(other));
  const direction = sort.descending ? -1 : 1;
  return left.sort((one, other) => compare(sortKey(one, sort.column), sortKey(other, sort.column), direction));
}

const RANKS: Record<ModelView['state'], number> = { ready: 0, no_key: 1, unpriced: 2, off: 3, ended: 4 };

function rank({ state }: ModelView): number {
  return RANKS[state];
}

function sortKey(row: ModelView, column: string): string | number | null {
  switch (column) {
    case 'provider':
      return row.provider;
    case 'input':
      return numberOf(row.costPer1kInput);
    case 'output':
      return numberOf(row.costPer1kOutput);
    case 'image':
      return numberOf(row.costPerImage);
    case 'context':
      return row.contextTokens;
    case 'ends':
      return row.retiresOn;
    default:
      return row.displayName;
  }
}

function numberOf(price: string | null): number | null {
  return price === null ? null : Number(price);
}

/** What is not known comes last in either direction. */
function compare(one: string | number | null, other: string | number | null, direction: number): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  if (typeof one === 'number' && typeof other === 'number') return direction * (one - other);
  return direction * String(one).localeCompare(String(other));
}
