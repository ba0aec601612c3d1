/**
 * A button that costs: its verb, and below it about how many credits it takes, what the provider bills for that, and
 * what is left afterwards. Nothing that is paid for starts from a button without these three.
 */
import { Button, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCreditSpan, formatMoney, formatMoneyExact, formatSpan, mostOf, type Span } from './format';
import classes from './PricedButton.module.css';

export type Price = {
  /** Likely credits. */
  credits: Span;
  /** Likely provider cost in US dollars. */
  cost: Span;
  /** Credits available after it. */
  balanceAfter: Span;
};

type Props = {
  /** Verb and object: "Write 12 drafts". */
  label: string;
  /** Null while it is being asked for, and when there is none. */
  price: Price | null;
  icon?: ReactNode;
  /** `filled` for the one primary button of a page. */
  variant?: 'filled' | 'default';
  /** `success` for what goes on with work. */
  color?: 'success' | undefined;
  busy?: boolean;
  /** Why it cannot be pressed now; the button then stays reachable and says so. */
  blocked?: string | undefined;
  onPress: () => void;
};

export function PricedButton({
  label,
  price,
  icon,
  variant = 'default',
  color,
  busy = false,
  blocked,
  onPress,
}: Props) {
  const { t } = useTranslation();
  const isReady = blocked === undefined && price !== null;
  const words = (span: Span) => t('kit.credits', { count: Number(mostOf(span)), amount: formatCreditSpan(span) });
  const hint = blocked ?? (price === null ? t('kit.price.asking') : hintOf(price));
  return (
    <Tooltip label={hint} multiline maw="20rem">
      <Button
        variant={variant}
        {...(color === undefined ? {} : { color })}
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

  /** All digits; and where a provider bills, what its cost leaves out. */
  function hintOf({ cost, balanceAfter }: Price): string {
    const hint = t('kit.price.hint', { cost: formatSpan(cost, formatMoneyExact), credits: words(balanceAfter) });
    return Number(mostOf(cost)) === 0 ? hint : t('kit.price.hintAgain', { hint, again: t('kit.price.again') });
  }

  function priceWords({ credits, cost, balanceAfter }: Price): string {
    return t(typeof credits === 'string' ? 'kit.price.line' : 'kit.price.spanLine', {
      credits: words(credits),
      cost: formatSpan(cost, formatMoney),
      left: formatCreditSpan(balanceAfter),
    });
  }
}
