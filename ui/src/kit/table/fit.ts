/**
 * Which columns stand in the room a list has, and how wide each is. Every kind of value knows its least width, a state
 * is never cut, and where the room is short the least telling columns wait in the column chooser, so that the column
 * that names the row keeps room for its words.
 */
import { alignment } from './Cell';
import type { Column } from './types';

/** Least width of the column that names the row, and of another one that shares what is left, in grid steps. */
const NAME_STEPS = 100;
const GROWING_STEPS = 40;
/** Room for the longest relative time: "22 minutes ago", "11 months ago". */
const TIME_STEPS = 34;
/** Least width of a column of states. */
const STATUS_STEPS = 24;

/** Widths of letters at the size of rows and of headers, in pixels: a little more than what words take on average. */
const LETTER_PX = 7.4;
const HEADER_LETTER_PX = 6.7;
/** What stands beside the words, in grid steps: the space around a cell, a state's dot, the arrow of a sorted column. */
const CELL_SPACE_STEPS = 5;
const END_SPACE_STEPS = 7;
const DOT_STEPS = 4;
const ARROW_STEPS = 4;
const STEP_PX = 4;

/** How a column stands: the room it takes at least, and its turn to go when room is short (the lowest first, null never). */
type Placed<Row> = { column: Column<Row>; steps: number; grows: boolean; turn: number | null };

/** A list's columns with their widths; states are measured by the words that the loaded rows show. */
export function placed<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Placed<Row>[] {
  return columns.map((column) => {
    const own = ownSteps(column, rows);
    const least = own ?? column.least ?? (column.fixed ? NAME_STEPS : GROWING_STEPS);
    const turn = isSilent(column, rows) ? 0 : yieldsAt(column);
    return { column, steps: Math.max(least, headerSteps(column)), grows: own === undefined, turn };
  });
}

/**
 * Ids of the columns that stand without being asked for: all that are not hidden at first, less those that would leave
 * the naming column too little. `room` in grid steps, null until known; `chosen` is what the user has decided.
 */
export function standing<Row>(
  all: readonly Placed<Row>[],
  room: number | null,
  chosen: Readonly<Record<string, boolean>>,
): Set<string> {
  const shown = all.filter(({ column }) => column.fixed || (chosen[column.id] ?? column.hiddenAtFirst !== true));
  const yielding = shown
    .filter(({ column, turn }) => turn !== null && chosen[column.id] === undefined)
    .reverse()
    .sort((one, other) => (one.turn ?? 0) - (other.turn ?? 0));
  const ids = new Set(shown.map(({ column }) => column.id));
  let taken = shown.reduce((sum, { steps }) => sum + steps, 0);
  for (const { column, steps } of yielding) {
    if (room === null || taken <= room) break;
    ids.delete(column.id);
    taken -= steps;
  }
  return ids;
}

/** `grid-template-columns` of these. */
export function tracks<Row>(shown: readonly Placed<Row>[]): string {
  return shown
    .map(({ steps, grows }) => {
      const width = `calc(${steps} * var(--space-1))`;
      return grows ? `minmax(${width}, 1fr)` : width;
    })
    .join(' ');
}

/** What a list is about outlasts what describes it. */
function yieldsAt<Row>({ fixed, yields, type }: Column<Row>): number | null {
  if (fixed || yields === 'never') return null;
  if (yields !== undefined) return YIELDS[yields];
  switch (type) {
    case 'status':
      return null;
    case 'text':
      return 2;
    case 'time':
    case 'custom':
    case 'number':
      return 3;
    case 'credits':
    case 'money':
      return 4;
  }
}

/** A column of words or times with nothing to say in any row. */
function isSilent<Row>(column: Column<Row>, rows: readonly Row[]): boolean {
  if (column.fixed || rows.length === 0 || (column.type !== 'text' && column.type !== 'time')) return false;
  return rows.every((row) => column.value(row) === null);
}

const YIELDS = { first: 1, last: 5 } as const;

function ownSteps<Row>(column: Column<Row>, rows: readonly Row[]): number | undefined {
  if (column.type === 'time') return column.width ?? TIME_STEPS;
  if (column.type !== 'status') return column.width;
  const letters = rows.reduce((most, row) => Math.max(most, column.value(row).label.length), 0);
  return Math.max(column.width ?? STATUS_STEPS, inSteps(letters * LETTER_PX) + DOT_STEPS + CELL_SPACE_STEPS);
}

/** Room for the header's words. */
function headerSteps<Row>(column: Column<Row>): number {
  const unit = column.type === 'number' && column.unit !== undefined ? column.unit.length + 3 : 0;
  const space = alignment(column) === 'end' ? END_SPACE_STEPS : CELL_SPACE_STEPS;
  const words = inSteps((column.header.length + unit) * HEADER_LETTER_PX);
  return words + space + (column.sortable ? ARROW_STEPS : 0);
}

function inSteps(pixels: number): number {
  return Math.ceil(pixels / STEP_PX);
}
