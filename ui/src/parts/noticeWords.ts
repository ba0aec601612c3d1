/** Notices in words: the data has a type with numbers and names, the sentence is made here. */
import i18next from 'i18next';
import { codeWords } from '../data/codes';
import type { NotificationRow } from '../host';
import { formatCount, formatCredits, formatDate, formatInstantExact, formatMoneyExact } from '../kit/format';
import { deliveryWords } from './publishing';
import { scheduleWords } from './scheduleWords';
import { doingWords, madeWords } from './workWords';

/** Functions by the stem of the notices that close their operations. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  ai_cluster: 'auto_cluster',
  ai_ideas: 'generate_ideas',
  ai_content: 'generate_content',
  ai_prompts: 'generate_image_prompts',
  ai_image: 'generate_images',
  prompt_trial: 'prompt_trial',
};

/** A notice as one sentence; a type of a newer host is named as it is. */
export function noticeWords({ notificationType: type, params }: NotificationRow): string {
  const { t } = i18next;
  const values = Object.fromEntries(params.map(({ name, value }) => [name, value]));
  const end = type.lastIndexOf('_');
  const fn = FUNCTIONS[type.slice(0, end)];
  if (fn !== undefined) return workWords(fn, type.slice(end + 1), values);
  switch (type) {
    case 'interrupted': {
      const { site = '', units, held } = values;
      return t('notices.interrupted', { site, count: Number(units ?? 0), amount: count(units), held: credits(held) });
    }
    case 'auto_approved':
    case 'content_held':
    case 'content_scheduled':
    case 'schedule_moved':
    case 'schedule_kept':
    case 'automation_missed':
    case 'automation_skipped':
      return scheduleWords(type, values);
    case 'content_published':
      return t('notices.content_published', { title: values.title ?? '' });
    case 'publish_missed':
      return missedWords(values);
    case 'publish_failed':
    case 'hand_over_failed':
    case 'take_back_failed':
    case 'update_failed': {
      const { title = '', host = '', code = '', note = '' } = values;
      return t(`notices.${type}`, { title, why: deliveryWords({ host, code, note }) });
    }
    case 'content_ready_review':
    case 'content_approved':
      return movedWords(type, values);
    case 'automation_started':
    case 'automation_completed':
    case 'automation_failed':
    case 'automation_paused':
    case 'automation_resumed':
    case 'automation_cancelled':
      return runWords(type, values);
    case 'system_backup':
    case 'system_restore':
      return copyWords(type, values);
    case 'work_not_paused':
    case 'work_not_resumed':
      return notDoneWords(type, values);
    case 'site_connected':
      return t('notices.site_connected', { host: values.host ?? '' });
    case 'sync_done':
      return t('notices.sync_done', {
        host: values.host ?? '',
        count: Number(values.count ?? 0),
        amount: count(values.count),
      });
    case 'provider_key_invalid':
    case 'provider_rate_limited':
      return t(`notices.${type}`, { vendor: values.vendor ?? t('notices.someVendor') });
    case 'system_update':
      return t('notices.system_update', { before: values.before ?? '', version: values.version ?? '' });
    case 'deliveries_held':
      return t('notices.deliveries_held', { count: Number(values.count ?? 0), amount: count(values.count) });
    case 'site_down':
      return t('notices.site_down', { host: values.host ?? '' });
    case 'post_published':
    case 'post_unpublished':
    case 'post_trashed':
    case 'post_deleted':
    case 'post_rescheduled':
    case 'post_retitled':
    case 'post_moved':
    case 'post_edited':
      return siteWords(type, values);
    case 'site_changed':
    case 'posts_taken_in':
      return t(`notices.${type}`, { host: values.host ?? '', count: Number(values.count ?? 0) });
    case 'posts_not_taken_in':
    case 'site_disconnected':
    case 'sync_failed': {
      const { host = '', code = '', note = '' } = values;
      return t(`notices.${type}`, { host, why: deliveryWords({ host, code, note }) });
    }
    case 'credits_low':
      return t('notices.credits_low', { available: credits(values.available) });
    case 'credits_exhausted':
      return t('notices.credits_exhausted', { available: credits(values.available) });
    case 'credits_shortfall':
      return shortfallWords(values);
    case 'usage_disbelieved':
      return t('notices.usage_disbelieved', {
        vendor: values.vendor ?? t('notices.someVendor'),
        said: count(values.said),
        booked: count(values.booked),
      });
    case 'cost_disbelieved':
    case 'cost_unexpected':
    case 'cost_unreadable':
      return costWords(type, values);
    case 'budget_reached':
      return codeWords(`cap_${values.scope ?? ''}`).what;
    case 'keywords_imported': {
      const { file = '', added, updated } = values;
      return t('notices.keywords_imported', { file, added: count(added), updated: count(updated) });
    }
    case 'model_ends_soon':
    case 'model_ended':
      return endingWords(type, values);
    default:
      return t('notices.unknown', { type });
  }
}

/** A call that cost more than was held for it; what waits because of it is named where something does. */
function shortfallWords({ credits: more, waits }: Partial<Record<string, string>>): string {
  const what = i18next.t('notices.credits_shortfall', { count: Number(more ?? 0), credits: credits(more) });
  return waits === 'yes' ? i18next.t('notices.shortfallWaits', { what }) : what;
}

/** A copy of the database that was made, or put back. */
function copyWords(
  type: 'system_backup' | 'system_restore',
  { file = '', books }: Partial<Record<string, string>>,
): string {
  return i18next.t(books === 'off' ? 'notices.system_backup_off' : `notices.${type}`, { file });
}

/** What of all AI work could not be paused, or does not go on. */
function notDoneWords(
  type: 'work_not_paused' | 'work_not_resumed',
  { sites = '', code = '' }: Partial<Record<string, string>>,
): string {
  return i18next.t(`notices.${type}`, { sites, why: codeWords(code).what });
}

type RunNotice =
  | 'automation_started'
  | 'automation_completed'
  | 'automation_failed'
  | 'automation_paused'
  | 'automation_resumed'
  | 'automation_cancelled';

/** How far a run has come. */
function runWords(type: RunNotice, values: Partial<Record<string, string>>): string {
  const { site = '', code = '' } = values;
  return i18next.t(`notices.${type}`, { site, why: codeWords(code).what });
}

type SiteNotice =
  | 'post_published'
  | 'post_unpublished'
  | 'post_trashed'
  | 'post_deleted'
  | 'post_rescheduled'
  | 'post_retitled'
  | 'post_moved'
  | 'post_edited';

/** What happened to an article on its site without us. */
function siteWords(type: SiteNotice, values: Partial<Record<string, string>>): string {
  const { title = '', host = '', before = '', after = '' } = values;
  const then = type === 'post_rescheduled' && after !== '' ? formatInstantExact(after) : after;
  return i18next.t(`notices.${type}`, { title, host, before, after: then });
}

/** Articles that have gone a step further. */
function movedWords(
  type: 'content_ready_review' | 'content_approved',
  values: Partial<Record<string, string>>,
): string {
  const { title = '' } = values;
  return i18next.t(`notices.${type}`, { count: Number(values.count ?? 1), amount: count(values.count), title });
}

/** An article whose time passed without it, and what was done about that. */
function missedWords(values: Partial<Record<string, string>>): string {
  const { t } = i18next;
  const { title = '', host = '', due = '', done = '', to = '', by = '' } = values;
  const what = t(`schedule.missed.${by === 'site' ? 'site' : 'computer'}`, {
    title,
    host,
    due: formatInstantExact(due),
  });
  const then = done === 'publishing' || done === 'moved' ? done : 'told';
  return `${what} ${t(`schedule.missed.${then}`, { to: to === '' ? '' : formatInstantExact(to) })}`;
}

function endingWords(type: 'model_ends_soon' | 'model_ended', values: Partial<Record<string, string>>): string {
  const { t } = i18next;
  const { model = '', day = '', successor = '' } = values;
  const what =
    day === '' ? t('notices.model_ended_someday', { model }) : t(`notices.${type}`, { model, day: formatDate(day) });
  return successor === '' ? what : `${what} ${t('notices.model_successor', { successor })}`;
}

type CostNotice = 'cost_disbelieved' | 'cost_unexpected' | 'cost_unreadable';

/** What a vendor said that a call cost, and what of it is booked. */
function costWords(type: CostNotice, values: Partial<Record<string, string>>): string {
  const { t } = i18next;
  const { vendor = t('notices.someVendor'), said = '0', booked = '0', expected = booked } = values;
  return t(`notices.${type}`, {
    vendor,
    said: formatMoneyExact(said),
    booked: formatMoneyExact(booked),
    expected: formatMoneyExact(expected),
  });
}

function workWords(fn: string, ending: string, values: Partial<Record<string, string>>): string {
  const unanswered = Number(values.unanswered ?? 0);
  const words = endedWords(fn, ending, values);
  if (unanswered === 0) return words;
  return `${words.replace(/\.?$/, '.')} ${i18next.t('notices.work.unanswered', { count: unanswered })}`;
}

function endedWords(fn: string, ending: string, values: Partial<Record<string, string>>): string {
  const { t } = i18next;
  const { results, joined, units_total: total, units_done: done, units_failed: failed, code = '' } = values;
  const why = codeWords(code, values.until || null, values.address || null).what;
  const doing = doingWords(fn);
  const made = madeWords(fn, Number(results ?? 0), Number(joined ?? 0));
  if (ending === 'success') return t('notices.work.success', { doing, made });
  if (ending === 'failed') return t('notices.work.failed', { doing, why });
  if (Number(done ?? 0) + Number(failed ?? 0) < Number(total ?? 0)) {
    if (code === 'cancelled') return t('notices.work.stopped', { doing, made });
    return t('notices.work.endedEarly', { doing, made, why });
  }
  return t('notices.work.partial', { doing, made, failed: count(failed), total: count(total) });
}

function credits(value: string | undefined): string {
  return formatCredits(value ?? '0');
}

function count(value: string | undefined): string {
  return formatCount(Number(value ?? 0));
}
