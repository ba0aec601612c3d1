import { describe, expect, it } from 'vitest';
import { type AmountKind, amountProblem, amountRefusal } from './amounts';

const CREDITS_MOST = 'Out of range: at most 4,000,000,000 credits are counted.';
const CREDITS_FINE = 'Too fine: credits are counted to 6 decimals.';
const FOREIGN = 'Write decimals after a point and thousands without a sign between, such as 1250.5.';
const NO_NUMBER = 'This is no number. Write it in digits.';
const BELOW = 'This is below zero. Write a number of zero or more.';
const ABOVE_ZERO = 'Write a number above zero.';

const ALL_KINDS: readonly AmountKind[] = ['spent', 'allowed', 'price', 'percent'];

const SAID: Record<AmountKind, [string, string | null][]> = {
  spent: [
    ['0', ABOVE_ZERO],
    ['0.000000', ABOVE_ZERO],
    ['-3', ABOVE_ZERO],
    ['0.000001', null],
    ['4000000000', null],
    ['4000000001', CREDITS_MOST],
    ['99999999999999999999.1234567', CREDITS_MOST],
    ['1.1234567', CREDITS_FINE],
  ],
  allowed: [
    ['0', null],
    [' 12.5 ', null],
    ['-3', BELOW],
    ['4000000000.1', CREDITS_MOST],
    ['1.1234567', CREDITS_FINE],
  ],
  price: [
    ['0', null],
    ['0.000000001', null],
    ['100', null],
    ['-0.01', BELOW],
    ['100.01', 'Out of range: a credit is worth at most $100.00.'],
    ['0.0000000001', 'Too fine: the price of a credit has at most 9 decimals.'],
  ],
  percent: [
    ['0', null],
    ['100', null],
    ['-1', BELOW],
    ['101', 'Out of range: write at most 100 percent.'],
    ['2.5', 'Too fine: write a whole number.'],
  ],
};

describe('an amount that is typed', () => {
  it.each(ALL_KINDS)('as %s is taken, or refused with the sentence of its cause', (kind) => {
    const said = SAID[kind].map(([text]) => [text, amountProblem(text, kind)]);
    expect(said).toEqual(SAID[kind]);
  });

  it.each(ALL_KINDS)('as %s must be a number in digits', (kind) => {
    const of = (texts: string[]) => new Set(texts.map((text) => amountProblem(text, kind)));
    expect(of(['', '  '])).toEqual(new Set(['Write a number.']));
    expect(of(['ten', '1e3', '0x10', '.5', '5.', '+5', '12 credits', '∞', '-'])).toEqual(new Set([NO_NUMBER]));
    expect(of(['1,5', '1.000,50', '1,000', "1'000", '1 000'])).toEqual(new Set([FOREIGN]));
  });

  it('is refused by the host in the same words', () => {
    const refused = (rule: string, kind: AmountKind) =>
      amountRefusal({ code: 'InvalidField', detail: { field: 'amount', rule } }, kind);
    expect(refused('range', 'spent')).toBe(CREDITS_MOST);
    expect(refused('too_fine', 'price')).toBe('Too fine: the price of a credit has at most 9 decimals.');
    expect(refused('format', 'allowed')).toBe(NO_NUMBER);
    expect(refused('taken', 'spent')).toBe('The amount is taken already.');
  });
});
