import { expect, it } from 'vitest';
import type { NotificationRow } from '../host';
import { noticeWords } from './noticeWords';

function words(notificationType: string, values: Record<string, string>): string {
  const params = Object.entries(values).map(([name, value]) => ({ name, value }));
  return noticeWords({ notificationType, params } as NotificationRow);
}

it('words every notice that the host writes', () => {
  const work = { results: '12', credits: '48', units_total: '14', units_done: '12', units_failed: '0', code: '' };
  expect(words('ai_content_success', work)).toBe('Writing drafts: 12 drafts written');
  expect(words('ai_content_partial', { ...work, units_failed: '2' })).toBe(
    'Writing drafts: 12 drafts written, 2 of 14 steps failed',
  );
  expect(words('ai_content_partial', { ...work, code: 'cancelled' })).toBe(
    'Writing drafts was stopped: 12 drafts written',
  );
  expect(words('ai_content_partial', { ...work, code: 'cancelled', unanswered: '1' })).toBe(
    'Writing drafts was stopped: 12 drafts written. 1 request ended without an answer; its provider may bill it.',
  );
  expect(words('ai_content_partial', { ...work, units_failed: '1', code: 'cap_day' })).toBe(
    'Writing drafts stopped: 12 drafts written. The limit of the day was reached.',
  );
  expect(words('ai_image_failed', { ...work, code: 'insufficient_credits' })).toBe(
    'Making images failed. The credits did not last.',
  );
  expect(words('interrupted', { site: 'Beans', units: '3', held: '12.5' })).toBe(
    'Igny8 was closed or crashed while it was at work for Beans: 3 steps wait, with 12.5 credits held. Resume it or give it up.',
  );
  const times = { first: '2026-11-24T09:00:00Z', last: '2026-11-26T09:00:00Z' };
  expect(words('auto_approved', { site: 'Beans', title: 'Cold brew', count: '1' })).toBe(
    'Approved “Cold brew”: it passes the floor of Beans.',
  );
  expect(words('content_held', { site: 'Beans', title: 'Cold brew', count: '3' })).toBe(
    '3 articles wait in Review: they do not pass the floor of Beans.',
  );
  expect(words('content_scheduled', { site: 'Beans', title: 'Cold brew', count: '3', ...times })).toMatch(
    /^3 articles go out on Beans, the first at Tue 24 Nov, .*, the last at Thu 26 Nov, /,
  );
  expect(words('schedule_moved', { site: 'Beans', zone: 'Europe/Berlin', count: '2' })).toMatch(
    /^2 times of Beans moved/,
  );
  expect(words('automation_missed', { site: 'Beans', count: '3', made_up: '1', ...times })).toMatch(
    /^3 runs of Beans were due from .*, when Igny8 was closed, asleep or paused\. One is made up for\.$/,
  );
  const kept = {
    site: 'Beans',
    zone: 'Europe/Berlin',
    before: 'UTC',
    count: '1',
    titles: 'Cold brew',
    runs_zone: 'UTC',
  };
  expect(words('schedule_kept', kept)).toMatch(
    /^Beans has its clocks in Europe\/Berlin now, and 1 time did not move: Cold brew\..*by the clocks of UTC\.$/,
  );
  expect(words('system_backup', { file: '/home/you/a.db', books: 'off' })).toMatch(
    /^Copied the database to \/home\/you\/a\.db\. The books/,
  );
  expect(words('system_restore', { file: 'a.db' })).toBe('Put the copy a.db in the place of the database.');
  expect(words('work_not_resumed', { sites: 'Beans, Tea', count: '2', code: 'spending_stopped' })).toMatch(
    /^Not all AI work goes on, and what does not stays paused: Beans, Tea\. \w/,
  );
  expect(words('automation_skipped', { site: 'Beans', code: 'running', due: times.first })).toMatch(
    /was not begun\. Another one was at work\.$/,
  );
  expect(words('automation_skipped', { site: 'Beans', code: 'spending_stopped', due: times.first })).not.toMatch(/_/);
  expect(words('content_published', { title: 'Cold brew', url: '' })).toBe('Published “Cold brew”');
  const refused = { title: 'Cold brew', host: 'beans.example', code: 'rejected', note: 'rest_invalid_param' };
  expect(words('publish_failed', refused)).toBe(
    '“Cold brew” could not be published. beans.example refused the request. It said: rest_invalid_param.',
  );
  expect(words('model_ends_soon', { model: 'GPT-5', day: '2026-12-11', successor: 'gpt-6.1-terra' })).toBe(
    'GPT-5, which is in use, ends on 11 Dec 2026. Switch to gpt-6.1-terra on the Models page.',
  );
  expect(words('model_ended', { model: 'Claude 3 Opus', day: '', successor: '' })).toBe(
    'Claude 3 Opus, which is in use, has ended: what asks it is refused.',
  );
  expect(words('cost_disbelieved', { vendor: 'Gate', said: '5000', booked: '1000', expected: '0.006' })).toBe(
    'Gate reported a cost of $5,000.00 for one call, where $0.006 was expected. No call costs that: $1,000.00 was booked instead, as an estimate. Compare it with the bill.',
  );
  expect(words('cost_unexpected', { vendor: 'Gate', said: '999', booked: '999', expected: '0.006' })).toBe(
    'Gate reported a cost of $999.00 for one call, where $0.006 was expected. It was booked as reported: compare it with the bill, and the prices on the Models page with those of the provider.',
  );
  expect(words('cost_unreadable', { vendor: 'Gate', said: '', booked: '0.006' })).toBe(
    'Gate reported a cost for one call that cannot be read. $0.006 was booked by its prices instead, as an estimate. Compare it with the bill.',
  );
  expect(words('usage_disbelieved', { said: '4000000000', booked: '54000' })).toBe(
    'A provider reported 4,000,000,000 tokens for one call, which is more than it can have used. 54,000 were booked instead, as an estimate.',
  );
  expect(words('credits_shortfall', { credits: '1', waits: 'no' })).toBe(
    'A call cost 1 credit more than was held for it. It was not taken from the balance.',
  );
  expect(words('credits_shortfall', { credits: '12', waits: 'yes' })).toBe(
    'A call cost 12 credits more than was held for it. They were not taken from the balance. What comes after it waits until you resume it.',
  );
  expect(words('keywords_imported', { file: 'a.csv', added: '1200', updated: '3' })).toBe(
    'Imported a.csv: 1,200 new keywords, 3 known ones',
  );
});

it('names a notice of a newer host', () => {
  expect(words('moon_risen', {})).toContain('moon_risen');
});
