/** Choosing rows, including rows that are not loaded: "all that match" is kept as a rule, not as a list of ids. */
import type { Selection } from './types';

export const NOTHING: Selection = { all: false, ids: new Set() };

export function isSelected(selection: Selection, id: string): boolean {
  return selection.all ? !selection.except.has(id) : selection.ids.has(id);
}

/** Chooses or leaves one row. */
export function toggle(selection: Selection, id: string): Selection {
  return selection.all
    ? { all: true, except: flipped(selection.except, id) }
    : { all: false, ids: flipped(selection.ids, id) };
}

/** Chooses the loaded rows, or nothing when all of them are chosen already. */
export function toggleLoaded(selection: Selection, loaded: readonly string[]): Selection {
  return loadedState(selection, loaded) === 'all' ? NOTHING : { all: false, ids: new Set(loaded) };
}

/** Chooses everything that matches, loaded or not. */
export function everything(): Selection {
  return { all: true, except: new Set() };
}

/** How many rows are chosen out of `total`. */
export function selectedCount(selection: Selection, total: number): number {
  return selection.all ? Math.max(0, total - selection.except.size) : selection.ids.size;
}

/** State of the checkbox in the header. */
export function loadedState(selection: Selection, loaded: readonly string[]): 'none' | 'some' | 'all' {
  const chosen = loaded.filter((id) => isSelected(selection, id)).length;
  if (chosen === 0) return 'none';
  return chosen === loaded.length ? 'all' : 'some';
}

function flipped(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
