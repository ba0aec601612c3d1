/** Amounts of credits as people type them. */

/** Credits have at most six decimals. */
const AMOUNT = /^\d{1,9}(\.\d{1,6})?$/;

/** Zero or more. */
export function isAmount(text: string): boolean {
  return AMOUNT.test(text);
}

const PERCENT = /^\d{1,3}$/;

/** A whole percentage, 0–100. */
export function isPercent(text: string): boolean {
  return PERCENT.test(text) && Number(text) <= 100;
}
