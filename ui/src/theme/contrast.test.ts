import { describe, expect, it } from 'vitest';
import { contrastRatio } from './contrast';
import { COLORS, type Scheme, SHAPE_PAIRS, TEXT_PAIRS } from './tokens';

const SCHEMES: Scheme[] = ['light', 'dark'];

describe('contrastRatio', () => {
  it('agrees with the two ends of the scale', () => {
    expect(contrastRatio('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
    expect(contrastRatio('#777777', '#777777')).toBe(1);
    expect(contrastRatio('#767676', '#FFFFFF')).toBeCloseTo(4.54, 2);
  });
});

describe.each(SCHEMES)('the %s palette', (scheme) => {
  it.each(TEXT_PAIRS)('%s on %s is readable (4.5:1)', (ink, surface) => {
    expect(contrastRatio(COLORS[ink][scheme], COLORS[surface][scheme])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SHAPE_PAIRS)('%s on %s is visible (3:1)', (ink, surface) => {
    expect(contrastRatio(COLORS[ink][scheme], COLORS[surface][scheme])).toBeGreaterThanOrEqual(3);
  });
});
