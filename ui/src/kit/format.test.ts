import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatCreditSpan,
  formatCredits,
  formatCreditsExact,
  formatDateTime,
  formatDay,
  formatDuration,
  formatMoney,
  formatMoneyExact,
  formatMonth,
  formatPart,
  formatRelative,
  formatShare,
  formatSpan,
  mostOf,
  zoneCity,
} from './format';

const NOW = new Date('2026-11-23T12:00:00Z');

describe('days and months', () => {
  it('are named as the calendar names them', () => {
    expect([formatDay('2026-11-04'), formatDay('2026-11'), formatMonth('2026-11')]).toEqual([
      '4 Nov',
      'Nov 2026',
      'November 2026',
    ]);
  });
});

describe('spans', () => {
  it('name both ends, and one where both are written alike', () => {
    expect(formatSpan(['60', '1200'], formatCredits)).toBe('60–1,200');
    expect(formatSpan(['0.001', '0.002'], formatMoney)).toBe('<$0.01');
    expect(formatSpan('4', formatCredits)).toBe('4');
    expect(formatCreditSpan('4.5')).toBe('4.5');
    expect(formatCreditSpan(['4.5', '4.50'])).toBe('4.5');
    expect(formatCreditSpan(['323.88', '4100.82'])).toBe('323–4,101');
    expect(formatCreditSpan(['-3225.82', '551.12'])).toBe('-3,226 to 552');
    expect(mostOf(['1', '2'])).toBe('2');
  });
});

describe('amounts', () => {
  it('separates thousands', () => {
    expect(formatCount(4210)).toBe('4,210');
  });

  it('shortens credits to two decimals and drops empty ones', () => {
    expect(formatCredits('31.000000')).toBe('31');
    expect(formatCredits('1204.5')).toBe('1,204.5');
    expect(formatCredits('0.125')).toBe('0.13');
    expect(formatCredits('-12')).toBe('-12');
    expect(formatCredits('0.004')).toBe('<0.01');
    expect(formatCredits('-0.004')).toBe('>-0.01');
    expect(formatCredits('0.000000')).toBe('0');
  });

  it('keeps every digit where asked, beyond what a float holds', () => {
    expect(formatCreditsExact('9007199254740993.000001')).toBe('9,007,199,254,740,993.000001');
    expect(formatMoneyExact('0.000000123')).toBe('$0.000000123');
  });

  it('never shows a small cost as nothing', () => {
    expect(formatMoney('0.0042')).toBe('<$0.01');
    expect(formatMoney('-0.0042')).toBe('>-$0.01');
    expect(formatMoney('0')).toBe('$0.00');
    expect(formatMoney('12.345')).toBe('$12.35');
    expect(formatMoney('3', 'EUR')).toBe('€3.00');
  });

  it('says 100% only of all', () => {
    expect(formatShare(999, 1000)).toBe('99%');
    expect(formatShare(1000, 1000)).toBe('100%');
    expect(formatShare(0, 0)).toBe('0%');
  });

  it('writes parts of a whole so that they add up', () => {
    expect([294, 9700, 6].map((part) => formatPart(part, 10_000))).toEqual(['2.9%', '97.0%', '0.1%']);
    expect(formatPart(1, 100_000)).toBe('<0.1%');
    expect(formatPart(0, 0)).toBe('0.0%');
  });
});

describe('times', () => {
  it('writes weekday, day, month, wall time and city', () => {
    expect(formatDateTime('2026-11-24T08:30:00Z', 'Europe/Berlin', NOW)).toBe('Tue 24 Nov, 09:30 · Berlin');
  });

  it('adds the year when it is another one, in the zone asked for', () => {
    expect(formatDateTime('2026-12-31T23:30:00Z', 'Europe/Berlin', NOW)).toBe('Fri 1 Jan 2027, 00:30 · Berlin');
    expect(formatDateTime('2026-12-31T23:30:00Z', 'America/New_York', NOW)).toBe('Thu 31 Dec, 18:30 · New York');
  });

  it.each([
    ['2026-11-23T11:59:40Z', 'now'],
    ['2026-11-23T11:57:00Z', '3 minutes ago'],
    ['2026-11-23T17:00:00Z', 'in 5 hours'],
    ['2026-11-22T11:00:00Z', 'yesterday'],
    ['2026-11-25T12:00:00Z', 'in 2 days'],
    ['2026-08-20T12:00:00Z', '3 months ago'],
    ['2024-11-20T12:00:00Z', '2 years ago'],
  ])('%s is %s', (instant, words) => {
    expect(formatRelative(instant, NOW)).toBe(words);
  });

  it('writes lengths of time as a clock does', () => {
    expect(formatDuration(42_000)).toBe('0:42');
    expect(formatDuration(725_000)).toBe('12:05');
    expect(formatDuration(3_725_000)).toBe('1:02:05');
    expect(formatDuration(-5)).toBe('0:00');
  });

  it('names a zone by its city', () => {
    expect(zoneCity('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
    expect(zoneCity('UTC')).toBe('UTC');
  });
});
