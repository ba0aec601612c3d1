/** The likely price of more articles than were priced. */
import type { Estimate } from '../../host';
import type { Price } from '../../kit/PrimaryAction';

/** `items` articles at the likely price of one in the estimate; a guess to one whole credit, never below one. */
export function priceOf({ credits, balanceAfter, items: priced }: Estimate, items: number): Price {
  const likely = Math.max(1, Math.round((Number(credits) / Math.max(1, priced)) * items));
  return { credits: String(likely), balanceAfter: String(Number(balanceAfter) + Number(credits) - likely) };
}
