import { describe, expect, it } from 'vitest';
import { defaultFields } from '../../host/fake/automation';
import { fieldsOf, formOf, isWhole, shareSum } from './settingsForm';

describe('the form of what is chosen for runs', () => {
  it('gives back what it was made of', () => {
    const fields = { ...defaultFields(), creditsMax: '25.5', withinDelayS: 30 };
    expect(fieldsOf(formOf(fields))).toEqual(fields);
  });

  it('takes an empty number for all that wait, and saves nothing while one is none', () => {
    const form = formOf(defaultFields());
    const [first, ...rest] = form.stages;
    if (first === undefined) throw new Error('there are stages');
    expect(fieldsOf({ ...form, stages: [{ ...first, batch: '3' }, ...rest] })?.stages[0]?.batch).toBe(3);
    expect(fieldsOf({ ...form, stages: [{ ...first, batch: 'few' }, ...rest] })).toBeNull();
    expect(fieldsOf({ ...form, monthDay: '' })).toBeNull();
    expect(fieldsOf({ ...form, creditsMax: '-1' })).toBeNull();
  });

  it('saves nothing while the shares are not a hundred together', () => {
    const form = formOf(defaultFields());
    expect(shareSum(form)).toBe(100);
    const more = form.stages.map((row) => (row.stage === 'generate_content' ? { ...row, share: '41' } : row));
    expect(shareSum({ ...form, stages: more })).toBe(101);
    expect(fieldsOf({ ...form, stages: more })).toBeNull();
  });

  it('knows a whole number', () => {
    expect([isWhole('12', false), isWhole('', true), isWhole('', false), isWhole('1.5', true)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
