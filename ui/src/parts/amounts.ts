/** Amounts as people type them: what each kind may be, and the sentence for each way in which it cannot be meant. */
import i18next from 'i18next';
import { wordsOf } from '../data/faults';
import type { Fault } from '../host';
import { formatCount, formatCredits, formatMoney } from '../kit/format';

type Unit = 'credits' | 'price' | 'percent';
type Bounds = { unit: Unit; most: number; decimals: number; mayBeZero: boolean };

/** Most credits that the books count, and their finest part; the same for the price of one in US dollars. */
const CREDITS = { unit: 'credits', most: 4_000_000_000, decimals: 6 } as const;
const PRICE = { unit: 'price', most: 100, decimals: 9 } as const;
const PERCENT = { unit: 'percent', most: 100, decimals: 0 } as const;

const KINDS = {
  /** Credits that are given or spent: nothing is none. */
  spent: { ...CREDITS, mayBeZero: false },
  /** Credits that may be spent: nothing is an answer as well. */
  allowed: { ...CREDITS, mayBeZero: true },
  price: { ...PRICE, mayBeZero: true },
  percent: { ...PERCENT, mayBeZero: true },
} as const satisfies Record<string, Bounds>;

export type AmountKind = keyof typeof KINDS;

type Trouble = 'missing' | 'sign' | 'number' | 'negative' | 'zero' | 'most' | 'fine';

const NUMBER = /^-?\d+(\.\d+)?$/;
/** A number by another custom: commas, apostrophes or spaces between its digits. */
const FOREIGN_SIGN = /^-?\d[\d.]*([,'\u2019\s][\d.]+)+$/;

/** Why a text is no amount of this kind, in a sentence; nothing when it is one. */
export function amountProblem(text: string, kind: AmountKind): string | null {
  const trouble = troubleOf(text.trim(), KINDS[kind]);
  return trouble === null ? null : sentence(trouble, KINDS[kind]);
}

/** What the host says against an amount, in the words of the form it was typed in. */
export function amountRefusal(fault: Fault, kind: AmountKind): string {
  const trouble = fault.code === 'InvalidField' ? TROUBLE_OF_RULE[fault.detail.rule] : undefined;
  return trouble === undefined ? wordsOf(fault).what : sentence(trouble, KINDS[kind]);
}

const TROUBLE_OF_RULE: Partial<Record<string, Trouble>> = {
  required: 'missing',
  range: 'most',
  too_fine: 'fine',
  format: 'number',
};

function troubleOf(text: string, { most, decimals, mayBeZero }: Bounds): Trouble | null {
  if (text === '') return 'missing';
  if (FOREIGN_SIGN.test(text)) return 'sign';
  if (!NUMBER.test(text)) return 'number';
  const amount = Number(text);
  if (amount < 0) return 'negative';
  if (amount > most) return 'most';
  if ((text.split('.')[1] ?? '').length > decimals) return 'fine';
  return amount === 0 && !mayBeZero ? 'zero' : null;
}

function sentence(trouble: Trouble, { unit, most, decimals, mayBeZero }: Bounds): string {
  const { t } = i18next;
  switch (trouble) {
    case 'most':
      return t(`amounts.most.${unit}`, { most: written(most, unit) });
    case 'fine':
      return t(`amounts.fine.${unit}`, { decimals: formatCount(decimals) });
    case 'negative':
      return t(mayBeZero ? 'amounts.negative' : 'amounts.zero');
    default:
      return t(`amounts.${trouble}`);
  }
}

function written(amount: number, unit: Unit): string {
  if (unit === 'credits') return formatCredits(String(amount));
  return unit === 'price' ? formatMoney(String(amount)) : formatCount(amount);
}
