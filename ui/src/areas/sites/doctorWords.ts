/** The words of a close look at a connection, on the page and in the report that is handed on. */
import i18next from 'i18next';
import { type FaultWords, wordsOf } from '../../data/faults';
import type { SiteCheck, SiteDiagnosis } from '../../host';

/** What is wrong and what to do about it; null where nothing is. */
export function wordsOfCheck(host: string, { failure, note }: SiteCheck): FaultWords | null {
  return failure === '' ? null : wordsOf({ code: 'Site', detail: { host, failure, note } });
}

/** All of it as plain text. Nothing of it is secret: the host never hands out a password. */
export function reportOf({ host, checks }: SiteDiagnosis): string {
  const { t } = i18next;
  const lines = checks.map((one) => {
    const fact = `${t(`sites.doctor.checks.${one.check}`)}: ${t(`sites.doctor.outcome.${one.outcome}`)}`;
    const words = wordsOfCheck(host, one);
    const rest = [one.note, words?.what, words?.advice].filter((text) => text !== undefined && text !== '');
    return [fact, ...rest].join(' · ');
  });
  return [t('sites.doctor.reportTitle', { host }), ...lines].join('\n');
}
