import { describe, expect, it } from 'vitest';
import { codeWords } from './codes';

/** Every code that the engine stores with work that left no result. */
const CODES =
  `insufficient_credits unpriced model_ended item_gone too_many_attempts bad_answer bad_image file_missing media_failed nothing_stored
  outcome_unknown cancelled not_sent rate_limited overloaded auth quota unknown_model rejected content_refused cut_off
  prompt_cut bad_reply schema_refused no_such_provider cap_month cap_day cap_site cap_run cap_run_first cap_run_rest cap_share cap_share_first spending_stopped books_do_not_balance shortfall disk_full internal prompt_failed
  no_key account_unverified service_disabled model_not_allowed page_instead_of_answer no_picture_size picture_prompt_too_long prompt_too_long`.split(
    /\s+/,
  );

describe('codes of failed work', () => {
  it.each(CODES)('%s has its own words, and says what to do', (code) => {
    const { what, advice } = codeWords(code);
    expect(what).toMatch(/\.$/);
    expect(advice).toMatch(/\.$/);
    expect(what).not.toBe(codeWords('moon_phase').what.replace('moon_phase', code));
    expect(CODES.filter((other) => codeWords(other).what === what)).toEqual([code]);
  });

  it.each(['rate_limited', 'overloaded'])('%s names the time when the provider may be asked again', (code) => {
    const { what, advice } = codeWords(code, '2026-11-23T09:30:00Z');
    const plain = codeWords(code);
    for (const words of [what, advice]) expect(words).toMatch(/23 Nov.*\d\d:30/);
    expect(what).not.toBe(plain.what);
    expect(codeWords('auth', '2026-11-23T09:30:00Z')).toEqual(codeWords('auth'));
  });

  it('names the address at which something else than the provider answered', () => {
    const { what } = codeWords('page_instead_of_answer', null, 'https://api.example/v2');
    expect(what).toContain('https://api.example/v2');
    expect(codeWords('auth', null, 'https://api.example/v2')).toEqual(codeWords('auth'));
  });

  it('name a code of a newer engine as it is', () => {
    expect(codeWords('moon_phase').what).toContain('moon_phase');
  });
});
