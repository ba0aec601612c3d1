/** AI work in words: what a button does, what is going on, and how it ended. */
import i18next from 'i18next';
import { codeWords } from '../data/codes';
import type { AiFunctionView, OperationRow } from '../host';
import { formatCount } from '../kit/format';
import type { Tone } from '../kit/tone';

/** What an operation is called: by its function, or as the trial that it is. */
export function workOf({ isTrial, function: fn }: Pick<OperationRow, 'isTrial' | 'function'>): string {
  return isTrial ? 'prompt_trial' : fn;
}

/** "Clustering keywords"; a function that is not known here says its name. */
export function doingWords(fn: string): string {
  return worded('doing', fn, 2);
}

/** "Cluster 12 keywords". */
export function verbWords(fn: AiFunctionView, items: number): string {
  return worded('verb', fn, items);
}

/** "12 drafts written"; of clusters, "2 new clusters, 1 joined": a cluster that was there before was not made. */
export function madeWords(fn: string, results: number, joined = 0): string {
  if (joined === 0) return worded('made', fn, results);
  const into = i18next.t('work.joined', { count: joined, amount: formatCount(joined) });
  if (joined >= results) return into;
  return i18next.t('work.madeAndJoined', { made: worded('made', fn, results - joined), joined: into });
}

/** How an operation ended or was interrupted, in a line, and how bad that is. */
export function endWords(row: OperationRow): { tone: Tone; sentence: string } {
  const { t } = i18next;
  const doing = doingWords(workOf(row));
  const made = madeWords(workOf(row), row.results, row.joined);
  if (row.status === 'interrupted') {
    const [done, total] = [formatCount(row.unitsDone + row.unitsFailed), formatCount(row.unitsTotal)];
    if (row.errorCode === '') return { tone: 'warning', sentence: t('work.interrupted.line', { doing, done, total }) };
    const why = codeWords(row.errorCode).what;
    return { tone: 'warning', sentence: t('work.interrupted.stands', { doing, done, total, why }) };
  }
  if (row.status === 'error' && !row.isCancelled) return { tone: 'danger', sentence: t('work.ended.error', { doing }) };
  if (row.isCancelled) return { tone: 'warning', sentence: t('work.ended.cancelled', { doing, made }) };
  if (row.unitsDone + row.unitsFailed < row.unitsTotal) {
    const why = codeWords(row.errorCode, row.mayGoOnAt, row.askedAt).what;
    return { tone: 'warning', sentence: t('work.ended.stopped', { doing, made, why }) };
  }
  if (row.unitsFailed > 0) {
    const failed = formatCount(row.unitsFailed);
    return { tone: 'warning', sentence: t('work.ended.partial', { doing, made, failed, count: row.unitsFailed }) };
  }
  return { tone: 'success', sentence: t('work.ended.success', { doing, made }) };
}

function worded(group: 'doing' | 'verb' | 'made', fn: string, count: number): string {
  const key = `work.${group}.${fn}`;
  const values = { count, amount: formatCount(count) };
  return i18next.exists(key, values as never) ? String(i18next.t(key as never, values as never)) : fn;
}
