import { expect, it } from 'vitest';
import type { ModelView } from '../../host';
import { thinkingFacts } from './thinkingFacts';

it('says how a model thinks and when it costs less', () => {
  const of = (model: Partial<ModelView>) =>
    thinkingFacts({ thinking: null, hours: [], ...model } as ModelView).map((fact) => fact.value);
  expect(of({})).toEqual([]);
  expect(of({ thinking: '{"tokens":0,"ask":{}}' })).toEqual(['No']);
  const hours = [
    { from: '04:00', until: '06:00', percent: 50 },
    { from: '10:00', until: '01:00', percent: 50 },
  ];
  expect(of({ thinking: '{"tokens":8192,"ask":{"reasoning_effort":"low"}}', hours })).toEqual([
    'With 8,192 tokens at the most, which are held for each call',
    '50 % from 04:00 to 06:00 UTC, 50 % from 10:00 to 01:00 UTC',
  ]);
});
