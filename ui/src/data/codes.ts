/** Why AI work left no result, in words; every code the engine stores has its own. */
import i18next from 'i18next';
import { formatDateTime, localZone } from '../kit/format';
import type { codes } from '../messages/en/codes';

export type CodeWords = { what: string; advice: string };

type Code = keyof typeof codes;

/**
 * What happened and what to do; a code of a newer engine is named as it is. `until` is when a provider that asked to be left
 * alone may be asked again; `address` is where something else than the provider answered.
 */
export function codeWords(code: string, until: string | null = null, address: string | null = null): CodeWords {
  const { t } = i18next;
  const known: Code = i18next.exists(`codes.${code}.what`) ? (code as Code) : 'unknown';
  if (until !== null && (known === 'rate_limited' || known === 'overloaded')) {
    // A wait is of hours at most, so that its year goes without saying.
    const time = formatDateTime(until, localZone(), new Date(until));
    return { what: t(`codes.${known}.whatUntil`, { time }), advice: t(`codes.${known}.adviceUntil`, { time }) };
  }
  if (address !== null && known === 'page_instead_of_answer')
    return { what: t(`codes.${known}.whatAt`, { address }), advice: t(`codes.${known}.advice`) };
  return { what: t(`codes.${known}.what`, { code }), advice: t(`codes.${known}.advice`) };
}
