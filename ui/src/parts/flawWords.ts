/** What an article lacks to be approved without a person, in words. */
import i18next from 'i18next';
import type { FlawView } from '../host';
import { formatCount } from '../kit/format';

/** One thing as a sentence. */
export function flawWords({ flaw, has, wants, other }: FlawView): string {
  const { t } = i18next;
  const values = { has: formatCount(has), wants: formatCount(wants), other };
  switch (flaw) {
    case 'outline':
    case 'words':
    case 'pictures':
    case 'meta_title':
    case 'meta_description':
    case 'headings':
    case 'same_topic':
      return t(`publishing.flaw.${flaw}`, values);
    default:
      // One of a newer host is named as it is.
      return flaw;
  }
}

/** All of it in one line: the first, and how many more. Empty when it lacks nothing. */
export function flawsLine(flaws: readonly FlawView[]): string {
  const [first, ...more] = flaws;
  if (first === undefined) return '';
  if (more.length === 0) return flawWords(first);
  return i18next.t('publishing.flawsMore', { first: flawWords(first), amount: formatCount(more.length) });
}
