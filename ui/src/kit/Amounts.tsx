/** Credits, money and counts: tabular figures, the exact value on hover, and a short roll when a value on show changes. */
import { RollingNumber, useMantineTheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import classes from './Amounts.module.css';
import { formatCount, formatCredits, formatCreditsExact, formatMoney, formatMoneyExact } from './format';

type CreditsProps = {
  /** Decimal string. */
  amount: string;
  /** Writes the unit after the number. */
  unit?: boolean;
  /** Money beside it, muted: the same amount at the price of a credit. */
  money?: string | undefined;
  /** Says that the amount is an estimate. */
  estimated?: boolean;
};

export function Credits({ amount, unit = false, money, estimated = false }: CreditsProps) {
  const { t } = useTranslation();
  const short = formatCredits(amount);
  const words = unit ? t('kit.credits', { count: Number(amount), amount: short }) : short;
  return (
    <span className={classes.amount} data-figures>
      <Exact short={short} exact={formatCreditsExact(amount)}>
        {words}
      </Exact>
      {money !== undefined && (
        <>
          {' '}
          <span className={classes.aside}>
            <Money amount={money} />
          </span>
        </>
      )}
      {estimated && <span className={classes.aside}> {t('kit.estimated')}</span>}
    </span>
  );
}

type MoneyProps = {
  /** Decimal string. */
  amount: string;
  /** ISO 4217. */
  currency?: string;
};

export function Money({ amount, currency = 'USD' }: MoneyProps) {
  const short = formatMoney(amount, currency);
  return (
    <span data-figures>
      <Exact short={short} exact={formatMoneyExact(amount, currency)}>
        {short}
      </Exact>
    </span>
  );
}

/** A whole number with thousands separated. */
export function Count({ value }: { value: number }) {
  return <span data-figures>{formatCount(value)}</span>;
}

/** Credits whose digits roll when they change; for the balance and other figures that move while one looks. */
export function RollingCredits({ amount }: { amount: string }) {
  const theme = useMantineTheme();
  const still = useReducedMotion();
  if (still) return <Credits amount={amount} />;
  return (
    <RollingNumber
      value={Math.round(Number(amount) * 100) / 100}
      thousandSeparator=","
      animationDuration={theme.other.rollMs}
      aria-label={formatCredits(amount)}
      data-figures
    />
  );
}

/** The exact value in the browser's own tooltip, which costs a long list nothing. */
function Exact({ short, exact, children }: { short: string; exact: string; children: string }) {
  return <span title={short === exact ? undefined : exact}>{children}</span>;
}
