import { describe, expect, it } from 'vitest';
import type { UsageAnomaly, UsagePoint } from '../../host';
import { anomalyWords, outlierName, outliersOf } from './anomalyWords';
import { dearestOf, stackOf } from './series';

function point(day: string, parts: Record<string, [credits: string, cost: string]>): UsagePoint {
  const sum = (place: 0 | 1) => String(Object.values(parts).reduce((total, part) => total + Number(part[place]), 0));
  return {
    day,
    figures: { credits: sum(0), cost: sum(1) } as UsagePoint['figures'],
    byOperation: Object.entries(parts).map(([operationType, [credits, cost]]) => ({ operationType, credits, cost })),
  };
}

const DAYS = [
  point('2026-11-03', { image_generation: ['3', '0.033'], clustering: ['2', '0'] }),
  point('2026-11-04', {}),
  point('2026-11-05', { content_generation: ['12', '0.02'], translation: ['1', '0.01'] }),
];

describe('the days', () => {
  it('are stacked in the order of the work, each kind with its own colour', () => {
    const { series, points } = stackOf(DAYS, 'credits');
    expect(series.map(({ id, color }) => [id, color])).toEqual([
      ['clustering', 1],
      ['content_generation', 3],
      ['image_generation', 5],
      ['translation', 6],
    ]);
    expect(points.map(({ label }) => label)).toEqual(['3 Nov', '4 Nov', '5 Nov']);
    expect(points[1]?.values).toEqual({});
  });

  it('have no part for work that cost nothing', () => {
    expect(stackOf(DAYS, 'cost').series.map(({ id }) => id)).not.toContain('clustering');
  });

  it('have a dearest one, unless nothing was used', () => {
    expect(dearestOf(DAYS, 'credits')?.day).toBe('2026-11-05');
    expect(dearestOf(DAYS, 'cost')?.day).toBe('2026-11-03');
    expect(dearestOf([point('2026-11-04', {})], 'cost')).toBeNull();
  });
});

describe('what stands out', () => {
  const day: UsageAnomaly = {
    kind: 'day',
    key: '2026-11-06',
    label: '',
    measure: 'credits',
    value: '81',
    average: '24.05',
    times: '3.4',
  };

  it('is named once, whether by credits, by cost, or by both', () => {
    const found = outliersOf([day, { ...day, kind: 'article', key: '7', label: 'Chard' }, { ...day, measure: 'cost' }]);
    expect(found.map((outlier) => [outlierName(outlier), outlier.measured.length])).toEqual([
      ['6 Nov', 2],
      ['Chard', 1],
    ]);
  });

  it('says what it took, and how far that is from the others', () => {
    expect(anomalyWords(day)).toBe('81 credits, 3.4 times the average of the other days (24.05 credits).');
    expect(anomalyWords({ ...day, kind: 'operation', measure: 'cost', value: '0.3', average: '0.05' })).toBe(
      '$0.30 a step, 3.4 times the average of the other tasks of its kind ($0.05).',
    );
  });

  it('keeps a name when the article is gone', () => {
    const [gone] = outliersOf([{ ...day, kind: 'article', key: '7' }]);
    expect(gone && outlierName(gone)).toBe('An article that was removed (7)');
  });
});
