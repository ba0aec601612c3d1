import { describe, expect, it } from 'vitest';
import { difficultyRange, difficultyStatus } from './difficulty';

describe('difficulty', () => {
  it.each([
    [0, 'success', '0 · Very easy'],
    [20, 'success', '20 · Very easy'],
    [21, 'success', '21 · Easy'],
    [41, 'warning', '41 · Medium'],
    [61, 'danger', '61 · Hard'],
    [100, 'danger', '100 · Very hard'],
  ])('%i is %s and says so', (difficulty, tone, label) => {
    expect(difficultyStatus(difficulty)).toEqual({ tone, label });
  });

  it('filters by ranges that meet without a gap, and each holds what its band shows', () => {
    const ranges = ['veryEasy', 'easy', 'medium', 'hard', 'veryHard'].map(difficultyRange);
    for (let at = 0; at <= 100; at += 1) {
      const holding = ranges.filter(
        ({ difficultyMin, difficultyMax }) => at >= (difficultyMin ?? 0) && at <= (difficultyMax ?? 0),
      );
      expect(holding).toHaveLength(1);
    }
    expect(difficultyRange(undefined)).toEqual({ difficultyMin: null, difficultyMax: null });
    expect(difficultyRange('none')).toEqual({ difficultyMin: null, difficultyMax: null });
  });
});
