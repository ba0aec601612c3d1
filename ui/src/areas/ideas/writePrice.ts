/** The likely price of more articles than were priced. */
import type { Estimate } from '../../host';
import type { Price } from '../../kit/PricedButton';

/** `items` articles at the likely price of one in the estimate; credits to one whole, never below one. */
export function priceOf({ credits, cost, balanceAfter, items: priced }: Estimate, items: number): Price {
  const share = items / Math.max(1, priced);
  const likely = Math.max(1, Math.round(Number(credits) * share));
  return {
    credits: String(likely),
    cost: String(Number(cost) * share),
    balanceAfter: String(Number(balanceAfter) + Number(credits) - likely),
  };
}
