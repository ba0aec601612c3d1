import { expect, it } from 'vitest';
import type { RunRow, RunStageView } from '../../host';
import { newRun } from '../../host/fake/automation';
import { overallOf, remainingMs, workedMs } from './pipeline';

const BEGAN = '2026-11-23T09:00:00Z';
const NOW = new Date('2026-11-23T09:10:00Z');
const MINUTE = 60_000;

function row(changed: Partial<RunRow> = {}): RunRow {
  return { ...newRun('1', '1', BEGAN, 100).row, ...changed };
}

function stages(...counts: [expected: number, taken: number, ended: number, endedAt?: string][]): RunStageView[] {
  return newRun('1', '1', BEGAN, 100).stages.map((stage, at) => {
    const [expected = 0, taken = 0, ended = 0, endedAt = null] = counts[at] ?? [];
    return { ...stage, expected, taken, ended, endedAt };
  });
}

it('counts what a run will likely have, and no more of a stage that is over than it took', () => {
  expect(overallOf(stages([10, 10, 4], [5, 0, 0]))).toEqual({ done: 4, total: 15 });
  expect(overallOf(stages([10, 6, 6, BEGAN], [5, 8, 2]))).toEqual({ done: 8, total: 14 });
  const off = stages([10, 0, 0]).map((stage) => ({ ...stage, isOn: false }));
  expect(overallOf(off), 'a stage that is off has nothing to do').toEqual({ done: 0, total: 0 });
});

it('leaves out the time that a run stood still', () => {
  expect(workedMs(row(), NOW)).toBe(10 * MINUTE);
  expect(workedMs(row({ stillMs: 3 * MINUTE }), NOW)).toBe(7 * MINUTE);
  expect(workedMs(row({ stillSince: '2026-11-23T09:04:00Z' }), NOW), 'no minute passes meanwhile').toBe(4 * MINUTE);
  expect(workedMs(row({ endedAt: '2026-11-23T09:02:00Z' }), NOW)).toBe(2 * MINUTE);
});

it('says how long it will still take once there is something to go by', () => {
  expect(remainingMs({ row: row(), stages: stages([100, 1, 1]) }, NOW)).toBeNull();
  expect(remainingMs({ row: row(), stages: stages([10, 10, 5]) }, NOW)).toBe(10 * MINUTE);
  expect(remainingMs({ row: row(), stages: [] }, NOW)).toBeNull();
});
