import { describe, expect, it } from 'vitest';
import type { Fault } from '../host';
import { FaultError, faultOf, unwrap } from './fault';
import { wordsOf } from './faults';

/** One of each code; a code that is missing here does not compile. */
const EVERY: { [Code in Fault['code']]: Extract<Fault, { code: Code }> } = {
  InvalidField: { code: 'InvalidField', detail: { field: 'name', rule: 'required' } },
  NotFound: { code: 'NotFound', detail: { what: 'site' } },
  WrongState: { code: 'WrongState', detail: { what: 'content' } },
  NotApproved: { code: 'NotApproved', detail: { title: 'Tea' } },
  NothingToDo: { code: 'NothingToDo' },
  InsufficientCredits: { code: 'InsufficientCredits', detail: { needed: '48', available: '12.5' } },
  RunNotCovered: {
    code: 'RunNotCovered',
    detail: { estimate: '2550', needed: '3060', cap: null, available: '1000' },
  },
  CapReached: { code: 'CapReached', detail: { scope: 'day', needed: '12', left: '4.5' } },
  SpendingStopped: { code: 'SpendingStopped' },
  RunStopped: { code: 'RunStopped', detail: { reason: 'cap_run', until: null, address: null } },
  UnpricedModel: {
    code: 'UnpricedModel',
    detail: { model: 'GPT X', provider: 'openai', modelName: 'gpt-x', modelType: 'text' },
  },
  ModelEnded: { code: 'ModelEnded', detail: { model: 'gpt-x', endedOn: '2026-05-12', successor: 'gpt-y' } },
  NotConnected: { code: 'NotConnected', detail: { provider: 'openai' } },
  NoModel: { code: 'NoModel', detail: { modelType: 'image' } },
  BooksDoNotBalance: { code: 'BooksDoNotBalance' },
  KeywordFile: { code: 'KeywordFile', detail: { problem: 'no_keyword_column', line: 0, headers: ['URL', 'Clicks'] } },
  UsageFile: { code: 'UsageFile', detail: { problem: 'no_usage_column', line: 0, headers: ['Name', 'Colour'] } },
  Prompt: { code: 'Prompt', detail: { kind: 'content', problem: 'unknown_variable', line: 2, note: 'keyword' } },
  Site: { code: 'Site', detail: { host: 'example.org', failure: 'html_instead_of_json', note: '' } },
  SecretStore: { code: 'SecretStore', detail: { state: 'locked' } },
  DiskFull: { code: 'DiskFull' },
  Unusable: { code: 'Unusable', detail: { path: '/mnt/data', problem: 'denied', note: '' } },
  NoDataFolder: { code: 'NoDataFolder' },
  FolderInUse: { code: 'FolderInUse' },
  TooNew: { code: 'TooNew' },
  Corrupt: { code: 'Corrupt' },
  Cancelled: { code: 'Cancelled' },
  Internal: { code: 'Internal', detail: { incident: '0194-77' } },
};

describe('the words of faults', () => {
  it.each(Object.values(EVERY))('$code says what happened, plainly', (fault) => {
    const { what } = wordsOf(fault);
    expect(what).toMatch(/^\S.*\.$/);
    expect(what).not.toMatch(/!|Oops|undefined|\{\{|faults\./);
  });

  it('name the thing, its cause and the way out', () => {
    expect(wordsOf(EVERY.Site)).toMatchObject({
      what: 'example.org answered with a web page instead of data.',
      advice: 'A security plugin may be blocking the REST API.',
    });
    expect(wordsOf(EVERY.InsufficientCredits).what).toBe('This needs 48 credits; 12.5 are available.');
    expect(wordsOf(EVERY.RunNotCovered).what).toBe(
      'This run will cost about 2,550 credits and needs 3,060 to begin; 1,000 are available.',
    );
    const named = { ...EVERY.RunNotCovered.detail, cap: '5000' };
    expect(wordsOf({ code: 'RunNotCovered', detail: named }).what).toBe(
      'The limit of 5,000 credits is more than the 1,000 that are available.',
    );
    expect(wordsOf(EVERY.CapReached)).toMatchObject({
      what: 'The limit of today leaves 4.5 credits; this needs 12.',
      advice: 'Choose fewer items, or raise the limit on the credits page.',
    });
    expect(wordsOf(EVERY.RunStopped).what).toBe('The limit of the run was reached.');
    expect(wordsOf(EVERY.InvalidField).what).toBe('The name is missing.');
    expect(wordsOf(EVERY.KeywordFile).details).toBe('Headers found: URL, Clicks');
    expect(wordsOf(EVERY.UsageFile).details).toBe('Headers found: Name, Colour');
    expect(wordsOf(EVERY.Internal).details).toBe('0194-77');
    expect(wordsOf(EVERY.Unusable)).toMatchObject({
      what: 'Igny8 may not write /mnt/data.',
      advice: 'Change its owner or its permissions, or choose another place.',
    });
  });

  it('do not point to a log where there is none', () => {
    const { advice, details } = wordsOf({ code: 'Internal', detail: { incident: '' } });
    expect(advice).toContain('nothing could be logged');
    expect(details).toBeUndefined();
  });

  it('name a code that has no words yet rather than hide it', () => {
    const fault: Fault = { code: 'Site', detail: { host: 'example.org', failure: 'teapot', note: '' } };
    expect(wordsOf(fault).what).toBe('teapot');
  });

  it('say with which status a site answered that its server failed', () => {
    const fault: Fault = { code: 'Site', detail: { host: 'example.org', failure: 'server_error', note: '503' } };
    expect(wordsOf(fault).what).toBe('example.org answered with a failure of its server (HTTP 503).');
  });

  it('stay silent about what the user did on purpose', () => {
    expect(wordsOf(EVERY.Cancelled).severity).toBe('silent');
  });
});

describe('results', () => {
  it('give their data or throw their fault', () => {
    expect(unwrap({ status: 'ok', data: 7 })).toBe(7);
    expect(() => unwrap({ status: 'error', error: EVERY.DiskFull })).toThrow(FaultError);
  });

  it('turn anything else thrown into a bug with its message', () => {
    expect(faultOf(new TypeError('x is not a function'))).toEqual({
      code: 'Internal',
      detail: { incident: 'x is not a function' },
    });
    expect(faultOf(new FaultError(EVERY.TooNew))).toBe(EVERY.TooNew);
  });

  it('accept the bare sentence by which the shell refuses malformed arguments', () => {
    const refusal = { status: 'error', error: 'invalid args `query`' } as never;
    expect(() => unwrap(refusal)).toThrow(FaultError);
  });
});
