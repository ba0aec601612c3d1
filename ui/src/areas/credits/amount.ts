/** Amounts of credits as people type them. */

/** Credits have at most six decimals. */
const AMOUNT = /^\d{1,9}(\.\d{1,6})?$/;

/** Zero or more. */
export function isAmount(text: string): boolean {
  return AMOUNT.test(text);
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
