/** What differs between two texts, line by line: the longest common run of lines stays, the rest was removed or added. */

export type LineChange = { kind: 'same' | 'added' | 'removed'; text: string };

/** Prompts have at most 8,000 characters, so that a table over their lines is small. */
export function difference(before: string, after: string): LineChange[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const common = commonLengths(old, fresh);
  const changes: LineChange[] = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < fresh.length) {
    const [gone, come] = [old[at], fresh[to]];
    if (gone !== undefined && gone === come) {
      changes.push({ kind: 'same', text: gone });
      at += 1;
      to += 1;
    } else if (come === undefined || (gone !== undefined && length(common, at + 1, to) >= length(common, at, to + 1))) {
      changes.push({ kind: 'removed', text: gone ?? '' });
      at += 1;
    } else {
      changes.push({ kind: 'added', text: come });
      to += 1;
    }
  }
  return changes;
}

/** Most lines that the rests of both have in common, by where the rests begin. */
function commonLengths(old: readonly string[], fresh: readonly string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(fresh.length + 1).fill(0));
  for (let at = old.length - 1; at >= 0; at -= 1) {
    for (let to = fresh.length - 1; to >= 0; to -= 1) {
      const row = table[at];
      if (row === undefined) continue;
      const longer = Math.max(length(table, at + 1, to), length(table, at, to + 1));
      row[to] = old[at] === fresh[to] ? length(table, at + 1, to + 1) + 1 : longer;
    }
  }
  return table;
}

function length(table: readonly number[][], at: number, to: number): number {
  return table[at]?.[to] ?? 0;
}
