/** What is said of an amount of credits that cannot be meant. */
import i18next from 'i18next';
import { formatCredits } from '../../kit/format';
import { amountTrouble, CREDITS_MAX } from './amount';

export function outOfRange(): string {
  return i18next.t('credits.outOfRange', { most: formatCredits(String(CREDITS_MAX)) });
}

/** Why an amount of zero or more cannot be meant; nothing when it can. `bad` is said of what is none. */
export function amountProblem(text: string, bad: string): string | null {
  const trouble = amountTrouble(text);
  if (trouble === 'range') return outOfRange();
  return trouble === 'bad' ? bad : null;
}
