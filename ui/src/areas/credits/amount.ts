/** Amounts of credits as people type them. */

/** Credits have at most six decimals. */
const AMOUNT = /^\d+(\.\d{1,6})?$/;

/** Most credits that are counted. */
export const CREDITS_MAX = 4_000_000_000;

/** Why a text is no amount of zero or more: no number, or more than is counted. */
export function amountTrouble(text: string): 'bad' | 'range' | null {
  if (!AMOUNT.test(text)) return 'bad';
  return Number(text) > CREDITS_MAX ? 'range' : null;
}

/** Money has at most nine decimals. */
const PRICE = /^\d{1,3}(\.\d{1,9})?$/;

/** Highest price of a credit, US dollars: the value of any balance still fits the books. */
export const CREDIT_PRICE_MAX = 100;

/** A price of a credit, zero or more. */
export function isPrice(text: string): boolean {
  return PRICE.test(text) && Number(text) <= CREDIT_PRICE_MAX;
}

const PERCENT = /^\d{1,3}$/;

/** A whole percentage, 0–100. */
export function isPercent(text: string): boolean {
  return PERCENT.test(text) && Number(text) <= 100;
}
