/** What is kept of two wordings: the choices of a person, the article they make, and how they are told to the host. */
import type { ChangedByView, ConflictDecision, ConflictView, KeptSide } from '../../host';

export type Choices = {
  /** By the field's name. */
  fields: Readonly<Record<string, KeptSide | null>>;
  /** One for each run of the text. */
  runs: readonly (KeptSide | null)[];
};

/** What only one side has changed is kept from that side; the rest is open. */
export function suggested({ fields, runs }: ConflictView): Choices {
  const choices = fields.filter(({ isChoice }) => isChoice).map(({ field, by }) => [field, sideOf(by)] as const);
  return { fields: Object.fromEntries(choices), runs: runs.map(({ by }) => sideOf(by)) };
}

function sideOf(by: ChangedByView): KeptSide | null {
  if (by === 'both') return null;
  return by === 'them' ? 'theirs' : 'ours';
}

/** How many choices are still to be made. */
export function openCount({ fields, runs }: Choices): number {
  return [...Object.values(fields), ...runs].filter((side) => side === null).length;
}

/** The text that the choices make; what is open is shown with both. */
export function resultOf({ runs }: ConflictView, choices: Choices): string {
  return runs
    .map(({ ours, theirs }, at) => {
      const side = choices.runs[at] ?? 'both';
      if (side === 'ours') return ours;
      return side === 'theirs' ? theirs : `${ours}\n${theirs}`;
    })
    .join('\n');
}

/** Null while something is open. */
export function decisionOf({ row, version }: ConflictView, choices: Choices): ConflictDecision | null {
  if (openCount(choices) > 0) return null;
  const fields = Object.entries(choices.fields).map(([field, side]) => ({ field, side: side ?? 'ours' }));
  return { foundAt: row.foundAt, version, keep: 'both', fields, runs: choices.runs.map((side) => side ?? 'ours') };
}

/** One side throughout. */
export function wholly({ row, version }: ConflictView, keep: 'ours' | 'theirs'): ConflictDecision {
  return { foundAt: row.foundAt, version, keep, fields: [], runs: [] };
}
