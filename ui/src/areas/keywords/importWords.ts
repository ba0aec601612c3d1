/** Codes of keyword files in words; a code without words here says itself. */
import i18next from 'i18next';
import type { ImportSummary } from '../../host';
import { formatCount } from '../../kit/format';

export function kindWords(kind: string): string {
  return worded('kind', kind);
}

export function fieldWords(field: string): string {
  return worded('field', field);
}

export function reasonWords(reason: string): string {
  return worded('reason', reason);
}

/** A warning may carry a value behind a colon: `foreign_currency:EUR`. */
export function warningWords(warning: string): string {
  const [code = '', currency = ''] = warning.split(':');
  return worded('warning', code, { currency });
}

/** What an import did, in one sentence that leaves out what is zero. */
export function importedWords(file: string, { added, updated, joined, ignored }: ImportSummary): string {
  const { t } = i18next;
  const facts = [
    t('keywordImport.added', { amount: formatCount(added) }),
    ...(updated > 0 ? [t('keywordImport.updated', { amount: formatCount(updated) })] : []),
    ...(joined > 0 ? [t('keywordImport.joinedShort', { amount: formatCount(joined) })] : []),
    ...(ignored > 0 ? [t('keywordImport.ignoredShort', { amount: formatCount(ignored) })] : []),
  ];
  return t('keywordImport.done', { file, facts: facts.join(', ') });
}

function worded(group: string, code: string, values: Record<string, string> = {}): string {
  const key = `keywordImport.${group}.${code}`;
  return i18next.exists(key) ? String(i18next.t(key as never, values as never)) : code;
}
