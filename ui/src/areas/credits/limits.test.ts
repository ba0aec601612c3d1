import { describe, expect, it } from 'vitest';
import type { SiteView, Spending } from '../../host';
import { fillOf, limitRows } from './limits';
import { limitName, limitWords } from './limitWords';

const SITES = [
  { id: '1', name: 'Field Notes' },
  { id: '2', name: 'Ofenbau' },
] as SiteView[];

const SPENDING: Spending = {
  isStopped: false,
  stoppedAt: null,
  limits: [
    { scope: 'month', siteId: null, siteName: null, wanted: null, used: '31', held: '4' },
    { scope: 'day', siteId: null, siteName: null, wanted: '50', used: '12', held: '0' },
    { scope: 'site', siteId: '2', siteName: 'Ofenbau', wanted: '100', used: '7', held: '0' },
  ],
  lowPercent: 20,
};

describe('limits', () => {
  it('have a row each, also where none is set', () => {
    const rows = limitRows(SPENDING, SITES);
    expect(rows.map((row) => [limitName(row), row.wanted])).toEqual([
      ['Each month, all sites', null],
      ['Each day, all sites', '50'],
      ['Field Notes', null],
      ['Ofenbau', '100'],
    ]);
    expect(rows.map(limitWords)).toEqual([
      '31 used this month, 4 held',
      '12 used today',
      '0 used this month',
      '7 used this month',
    ]);
  });

  it('are filled by what is used and what is held, and never over', () => {
    expect(fillOf({ wanted: '100', used: '31', held: '4' })).toEqual({ used: 31, held: 4, tone: 'accent' });
    expect(fillOf({ wanted: '100', used: '70', held: '15' })?.tone).toBe('warning');
    expect(fillOf({ wanted: '100', used: '130', held: '15' })).toEqual({ used: 100, held: 0, tone: 'danger' });
    expect(fillOf({ wanted: '0', used: '0', held: '0' })).toEqual({ used: 100, held: 0, tone: 'danger' });
    expect(fillOf({ wanted: null, used: '3', held: '0' })).toBeNull();
  });
});
