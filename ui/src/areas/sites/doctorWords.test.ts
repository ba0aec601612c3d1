import i18next from 'i18next';
import { expect, it } from 'vitest';
import type { SiteDiagnosis } from '../../host';
import { reportOf, wordsOfCheck } from './doctorWords';

const VERDICTS = [
  ...['dns', 'unreachable', 'tls', 'tls_expired', 'tls_name', 'tls_issuer', 'tls_absent', 'not_wordpress', 'rest_off'],
  ...['html_instead_of_json', 'noise', 'auth', 'app_passwords_off', 'role_too_small', 'firewall', 'maintenance'],
  ...['slow', 'redirected', 'no_credentials', 'unsecured'],
];

it.each(VERDICTS)('%s has words of its own, and says what to do', (failure) => {
  const words = wordsOfCheck('example.org', { check: 'site', outcome: 'failed', failure, note: '' });
  expect(words?.what).toMatch(/^\S.*\.$/);
  expect(words?.advice).toMatch(/^\S.*\.$/);
  expect(`${words?.what} ${words?.advice}`).not.toMatch(/\{\{|faults\.|undefined/);
  expect(words?.what).not.toBe(i18next.t('faults.other', { code: failure }));
});

it('says both causes of a password that does not arrive', () => {
  const words = wordsOfCheck('example.org', { check: 'sign_in', outcome: 'failed', failure: 'auth', note: '' });
  expect(`${words?.what} ${words?.advice}`).toMatch(/password/);
  expect(`${words?.what} ${words?.advice}`).toMatch(/Authorization header/);
});

it('is handed on as plain text', () => {
  const found: SiteDiagnosis = {
    host: 'example.org',
    isWell: false,
    checks: [
      { check: 'name', outcome: 'passed', failure: '', note: '' },
      { check: 'interface', outcome: 'failed', failure: 'firewall', note: 'Wordfence' },
      { check: 'sign_in', outcome: 'skipped', failure: '', note: '' },
    ],
  };
  expect(reportOf(found).split('\n')).toEqual([
    'Igny8: connection of example.org',
    'Name: fine',
    expect.stringMatching(/^REST interface: in the way · Wordfence · A firewall answers in place of example\.org\. · /),
    'Signing in: not come to',
  ]);
});
