import { describe, expect, it } from 'vitest';
import type { CalendarEntry } from '../../host';
import { clockChange, freeTime, instantsOf, periodOf, plusDays, shifted, step, swapped, wallAt } from './plan';

const entry = (id: string, wall: string | null, at: string | null = null) => ({ id, wall, at }) as CalendarEntry;

describe('periods', () => {
  it('of a month are its whole weeks, from Monday', () => {
    expect(periodOf('month', '2026-11-23')).toEqual({ from: '2026-10-26', until: '2026-12-07' });
    expect(periodOf('month', '2027-02-28')).toEqual({ from: '2027-02-01', until: '2027-03-01' });
  });

  it('of a week begin on Monday, also for a Sunday', () => {
    expect(periodOf('week', '2026-11-29')).toEqual({ from: '2026-11-23', until: '2026-11-30' });
    expect(periodOf('week', '2026-11-23')).toEqual({ from: '2026-11-23', until: '2026-11-30' });
  });

  it('of a list are the month alone', () => {
    expect(periodOf('list', '2026-12-31')).toEqual({ from: '2026-12-01', until: '2027-01-01' });
  });

  it('are asked for with room for every zone', () => {
    expect(instantsOf('week', '2026-11-23')).toEqual({ from: '2026-11-22T00:00:00Z', until: '2026-12-01T00:00:00Z' });
  });

  it('follow each other, months from the end of a long one too', () => {
    expect(step('month', '2026-01-31', 1)).toBe('2026-02-01');
    expect(step('list', '2026-01-31', -1)).toBe('2025-12-01');
    expect(step('week', '2026-12-30', 1)).toBe('2027-01-06');
  });
});

describe('moves', () => {
  it('keep the clock time, over a change of clocks and the end of a year', () => {
    expect(plusDays('2026-03-28T09:30', 1)).toBe('2026-03-29T09:30');
    expect(plusDays('2026-12-31T23:45', 1)).toBe('2027-01-01T23:45');
    expect(plusDays('2026-03-01', -1)).toBe('2026-02-28');
  });

  it('take several cards along and leave what has no time', () => {
    const cards = [entry('1', '2026-11-30T09:00'), entry('2', null), entry('3', '2026-12-01T17:15')];
    expect(shifted(cards, -7)).toEqual([
      { id: '1', at: '2026-11-23T09:00' },
      { id: '3', at: '2026-11-24T17:15' },
    ]);
  });

  it('exchange instants, so that sites in two zones go out when the other would have', () => {
    const [one, other] = [entry('1', null, '2026-12-01T08:00:00Z'), entry('2', null, '2026-12-02T17:00:00Z')];
    expect(swapped(one, other)).toEqual([
      { id: '1', at: '2026-12-02T17:00:00Z' },
      { id: '2', at: '2026-12-01T08:00:00Z' },
    ]);
  });
});

describe('the time of a card from the tray', () => {
  const now = '2026-11-23T10:20';

  it('is nine, or the first free hour after it', () => {
    expect(freeTime('2026-11-24', [], now)).toBe('2026-11-24T09:00');
    expect(freeTime('2026-11-24', ['2026-11-24T09:00', '2026-11-24T10:00'], now)).toBe('2026-11-24T11:00');
  });

  it('is still to come', () => {
    expect(freeTime('2026-11-23', [], now)).toBe('2026-11-23T11:00');
    expect(freeTime('2026-11-22', [], now)).toBeNull();
  });

  it('is before nine on a day that is full from then on', () => {
    const taken = Array.from({ length: 15 }, (_, hour) => `2026-11-24T${String(hour + 9).padStart(2, '0')}:00`);
    expect(freeTime('2026-11-24', taken, now)).toBe('2026-11-24T00:00');
  });
});

describe('clocks', () => {
  it('show the time of the zone', () => {
    expect(wallAt(new Date('2026-07-01T23:30:00Z'), 'Asia/Kathmandu')).toBe('2026-07-02T05:15');
  });

  it('go forward and back on days that are marked', () => {
    expect(clockChange('2026-03-29', 'Europe/Berlin')).toEqual({ from: '02:00', to: '03:00', isForward: true });
    expect(clockChange('2026-10-25', 'Europe/Berlin')).toEqual({ from: '03:00', to: '02:00', isForward: false });
    expect(clockChange('2026-10-04', 'Australia/Lord_Howe')).toEqual({ from: '02:00', to: '02:30', isForward: true });
  });

  it('change at midnight in some zones', () => {
    expect(clockChange('2026-09-06', 'America/Santiago')).toEqual({ from: '00:00', to: '01:00', isForward: true });
  });

  it('stay as they are on all other days', () => {
    expect(clockChange('2026-03-28', 'Europe/Berlin')).toBeNull();
    expect(clockChange('2026-03-30', 'Europe/Berlin')).toBeNull();
    expect(clockChange('2026-03-29', 'Asia/Kolkata')).toBeNull();
  });
});
