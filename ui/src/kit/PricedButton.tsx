/**
 * A button that costs: its verb, and below it about how many credits it takes, what the provider bills for that, and
 * what is left afterwards. Nothing that is paid for starts from a button without these three.
 */
import { Button, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCredits, formatMoney, formatMoneyExact } from './format';
import classes from './PricedButton.module.css';

export type Price = {
  /** Likely credits, decimal string. */
  credits: string;
  /** Likely provider cost in US dollars, decimal string. */
  cost: string;
  /** Credits available after it, decimal string. */
  balanceAfter: string;
};

type Props = {
  /** Verb and object: "Write 12 drafts". */
  label: string;
  /** Null while it is being asked for, and when there is none. */
  price: Price | null;
  icon?: ReactNode;
  /** `filled` for the one primary button of a page. */
  variant?: 'filled' | 'default';
  busy?: boolean;
  /** Why it cannot be pressed now; the button then stays reachable and says so. */
  blocked?: string | undefined;
  onPress: () => void;
};

export function PricedButton({ label, price, icon, variant = 'default', busy = false, blocked, onPress }: Props) {
  const { t } = useTranslation();
  const isReady = blocked === undefined && price !== null;
  const words = (amount: string) => t('kit.credits', { count: Number(amount), amount: formatCredits(amount) });
  const hint =
    blocked ??
    (price === null
      ? t('kit.price.asking')
      : t('kit.price.hint', { cost: formatMoneyExact(price.cost), credits: words(price.balanceAfter) }));
  return (
    <Tooltip label={hint} multiline maw="20rem">
      <Button
        variant={variant}
        className={classes.button ?? ''}
        leftSection={icon}
        loading={busy}
        data-disabled={!isReady}
        aria-disabled={!isReady}
        onClick={() => isReady && onPress()}
      >
        <span className={classes.lines}>
          <span>{label}</span>{' '}
          <span className={classes.price} data-figures>
            {price === null ? hint : priceWords(price)}
          </span>
        </span>
      </Button>
    </Tooltip>
  );

  function priceWords({ credits, cost, balanceAfter }: Price): string {
    return t('kit.price.line', {
      credits: words(credits),
      cost: formatMoney(cost),
      left: formatCredits(balanceAfter),
    });
  }
}
