import { describe, expect, it } from 'vitest';
import type { ModelView } from '../../host';
import { builtinModels, vendorModels } from '../../host/fake/models';
import { abilityFieldsOf, abilityProblems, NO_ABILITIES, pictureOf } from './abilities';
import { abilityFacts } from './abilityFacts';
import { newest, pricesOf, shown } from './catalogue';
import { draftOf, fieldsOf, isCount, isPrice } from './modelDraft';
import { choicesOf } from './roles';

const ROWS = [...builtinModels(), ...vendorModels(new Date('2026-11-23T09:00:00Z'))];
const VIEW = { search: '', filters: {}, sort: null };
const named = (rows: readonly ModelView[], name: string) =>
  rows.find(({ modelName }) => modelName === name) as ModelView;
const terra = named(ROWS, 'gpt-6.1-terra');
const dearer: ModelView = { ...terra, id: '90', costPer1kInput: '0.002' };
const repriced = [...ROWS.filter(({ id }) => id !== terra.id), { ...terra, isActive: false }, dearer];

describe('the catalogue', () => {
  it('shows one row for each model, and keeps its earlier prices', () => {
    const rows = newest(repriced);
    expect(rows.length).toBe(ROWS.length);
    expect(named(rows, 'gpt-6.1-terra').id).toBe('90');
    expect(pricesOf(repriced, terra).map(({ costPer1kInput }) => costPer1kInput)).toEqual(['0.002', '0.001']);
  });

  it('is found, narrowed and put in order; what is not known comes last in either direction', () => {
    const names = (view: Partial<typeof VIEW>) => shown(ROWS, { ...VIEW, ...view }).map(({ modelName }) => modelName);
    expect(names({ search: 'sonnet' })).toEqual(['claude-sonnet-5-5']);
    expect(names({ filters: { provider: 'openai', kind: 'image' } })).toEqual(['gpt-image-2', 'dall-e-3']);
    const byPrice = names({ sort: { column: 'input', descending: true } as never });
    expect(byPrice.slice(0, 2)).toEqual(['gpt-image-2', 'claude-sonnet-5-5']);
    expect(byPrice.slice(-3).sort()).toEqual(['dall-e-3', 'google:4@2', 'igny8-image-1']);
  });
});

describe('a model in a form', () => {
  it('goes through it unchanged', () => {
    const draft = draftOf(fieldsOf(terra), terra);
    expect(draft).toMatchObject({
      provider: 'openai',
      modelName: 'gpt-6.1-terra',
      costPer1kInput: '0.001',
      costPer1kCacheWrite: null,
      tokensPerCredit: 2000,
      contextTokens: 272_000,
      costPerImage: null,
      retiresOn: '',
    });
  });

  it('leaves out what belongs to the other kind', () => {
    const draft = draftOf({ ...fieldsOf(terra), modelType: 'image', costPerImage: '0.04' }, null);
    expect(draft).toMatchObject({ costPerImage: '0.04', tokensPerCredit: null, contextTokens: null });
  });

  it('takes prices and counts, and nothing that only looks like one', () => {
    expect(['', '0', '0.002', '1'].every(isPrice)).toBe(true);
    expect(['-1', '1e3', '.5', '0,5', '$1'].some(isPrice)).toBe(false);
    expect(['', '1', '128000'].every(isCount)).toBe(true);
    expect(['0', '1.5', '1,000', '-3'].some(isCount)).toBe(false);
  });
});

it('offers what can be asked, and keeps what is chosen in sight when it cannot be asked any more', () => {
  const rows = ROWS.map((row): ModelView => (row.provider === 'anthropic' ? { ...row, state: 'no_key' } : row));
  expect(choicesOf(rows, 'text', null).map(({ label }) => label)).not.toContain('Claude Sonnet 5.5 · anthropic');
  const [first] = choicesOf(rows, 'text', named(rows, 'claude-sonnet-5-5'));
  expect(first).toEqual({ value: '5', label: 'Claude Sonnet 5.5 · anthropic (No key yet)', disabled: true });
});

describe('what an image model can be asked for', () => {
  const whole =
    '{"sizes":{"listed":[{"width":1536,"height":1024,"word":"3:2"},{"width":1024,"height":1024}]},"qualities":["low","high"],' +
    '"quality":"high","steps":{"asked":20,"min":1,"max":50},"negative":"field","seed_max":9223372036854775807,' +
    '"fit":"crop","more":{"CFGScale":3.5}}';
  const stepped =
    '{"sizes":{"stepped":{"min":128,"max":2048,"step":64,"ratio_max":3,"pixels_max":8294400,"pixels_min":655360}},"negative":"in_prompt","fit":"keep"}';

  it('goes through a form unchanged, to the last digit of its largest seed', () => {
    const fields = abilityFieldsOf(whole);
    expect(fields.sizesListed).toBe('1536x1024 3:2\n1024x1024');
    expect(pictureOf(fields, true)).toBe(whole);
    expect(pictureOf(abilityFieldsOf(stepped), true)).toBe(stepped);
    expect(abilityProblems(fields)).toEqual({});
  });

  it('is told in words', () => {
    expect(abilityFacts(whole).map(({ value }) => value)).toEqual([
      '1536x1024 3:2, 1024x1024',
      'high, of low, high',
      '20, of 1 to 50',
      'In a field of its own',
      'It makes the same picture of the same seed',
    ]);
    expect(abilityFacts(stepped).map(({ value }) => value)).toEqual([
      '128 to 2,048 pixels a side, in steps of 64',
      'In the description',
      'It takes none',
    ]);
  });

  it('is left to the host where nothing is said', () => {
    expect(pictureOf(NO_ABILITIES, false)).toBeNull();
    expect(pictureOf(NO_ABILITIES, true)).toBe('{"sizes":"any","negative":"in_prompt"}');
    expect(abilityProblems(NO_ABILITIES)).toEqual({});
  });

  it('is not sent when it cannot be read', () => {
    const problems = (change: Partial<typeof NO_ABILITIES>) => abilityProblems({ ...NO_ABILITIES, ...change });
    expect(problems({ sizesKind: 'listed' })).toEqual({ sizesListed: 'sizes' });
    expect(problems({ sizesKind: 'listed', sizesListed: '1024x1024\nlarge' })).toEqual({ sizesListed: 'sizes' });
    expect(problems({ sizesKind: 'stepped', sideMin: '64', sideMax: '2048' })).toEqual({ sideStep: 'count' });
    expect(problems({ stepsAsked: '20' })).toEqual({ stepsMin: 'steps', stepsMax: 'steps' });
    expect(problems({ seedMax: '-1', rest: '[1]' })).toEqual({ seedMax: 'count', rest: 'json' });
  });
});
