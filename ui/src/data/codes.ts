/** Why AI work left no result, in words; every code the engine stores has its own. */
import i18next from 'i18next';
import type { codes } from '../messages/en/codes';

export type CodeWords = { what: string; advice: string };

type Code = keyof typeof codes;

/** What happened and what to do; a code of a newer engine is named as it is. */
export function codeWords(code: string): CodeWords {
  const { t } = i18next;
  const known: Code = i18next.exists(`codes.${code}.what`) ? (code as Code) : 'unknown';
  return { what: t(`codes.${known}.what`, { code }), advice: t(`codes.${known}.advice`) };
}
