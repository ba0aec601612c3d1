/** Notices of what happened by itself because of a schedule, or did not, in words. */
import i18next from 'i18next';
import { codeWords } from '../data/codes';
import { formatCount, formatDateTime, localZone } from '../kit/format';

export type ScheduleNotice =
  | 'auto_approved'
  | 'content_held'
  | 'content_scheduled'
  | 'schedule_moved'
  | 'schedule_kept'
  | 'automation_missed'
  | 'automation_skipped';

type Values = Partial<Record<string, string>>;

export function scheduleWords(type: ScheduleNotice, values: Values): string {
  const { t } = i18next;
  const { site = '', title = '', zone = '' } = values;
  const count = Number(values.count ?? 0);
  const amount = formatCount(count);
  const [first, last] = [when(values.first), when(values.last)];
  switch (type) {
    case 'auto_approved':
    case 'content_held':
    case 'content_scheduled':
      return count === 1
        ? t(`notices.${type}`, { site, title, first })
        : t(`notices.${type}_many`, { site, amount, first, last });
    case 'schedule_moved':
      return t('notices.schedule_moved', { count, amount, site, zone });
    case 'schedule_kept':
      return keptWords(values);
    case 'automation_missed':
      return t('notices.automation_missed', { count, amount, site, first, last, made: madeUpWords(values) });
    case 'automation_skipped':
      return t('notices.automation_skipped', { site, due: when(values.due), why: skippedWords(values.code ?? '') });
  }
}

/** What did not move when a site got another zone. */
function keptWords({ site = '', zone = '', titles = '', runs_zone: runs = '', ...values }: Values): string {
  const { t } = i18next;
  const count = Number(values.count ?? 0);
  const what = t('notices.schedule_kept', { count, amount: formatCount(count), site, zone, titles });
  const why = count === 0 ? '' : ` ${t('notices.schedule_kept_why')}`;
  return `${what}${why}${runs === '' ? '' : ` ${t('notices.schedule_kept_runs', { zone: runs })}`}`;
}

function madeUpWords(values: Values): string {
  const { t } = i18next;
  const madeUp = Number(values.made_up ?? 0);
  return madeUp === 0
    ? t('notices.automation_missed_then.none')
    : t('notices.automation_missed_then.some', { count: madeUp, amount: formatCount(madeUp) });
}

/** Why a due run was not begun. */
export function skippedWords(code: string): string {
  const { t } = i18next;
  switch (code) {
    case 'running':
    case 'paused':
    case 'interrupted':
      return t(`notices.automation_skipped_why.${code}`);
    default:
      return codeWords(code).what;
  }
}

/** An instant with its year only where it is not that of the notice, which lies close. */
function when(instant: string | undefined): string {
  return instant === undefined ? '' : formatDateTime(instant, localZone(), new Date(instant));
}
