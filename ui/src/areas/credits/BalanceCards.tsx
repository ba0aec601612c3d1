/** What there is to spend, and where it comes from. */
import { useTranslation } from 'react-i18next';
import type { Balance } from '../../host';
import { Credits, RollingCredits } from '../../kit/Amounts';
import { formatCredits, formatMoney, formatMoneyExact } from '../../kit/format';
import { MetricCard } from '../../kit/MetricCard';
import classes from './credits.module.css';

export function BalanceCards({ balance }: { balance: Balance }) {
  const { t } = useTranslation();
  const { available, availableValue, creditPrice, held, usedThisMonth, monthGranted, monthlyLeft, extraLeft } = balance;
  return (
    <div className={classes.cards}>
      <MetricCard
        label={t('credits.balance.available')}
        value={<RollingCredits amount={available} />}
        note={t('credits.balance.worth', { money: formatMoney(availableValue), price: formatMoneyExact(creditPrice) })}
      />
      <MetricCard
        label={t('credits.balance.held')}
        value={<Credits amount={held} />}
        note={t('credits.balance.heldNote')}
      />
      <MetricCard
        label={t('credits.balance.used')}
        value={<Credits amount={usedThisMonth} />}
        note={t('credits.balance.usedNote', { budget: formatCredits(monthGranted) })}
      />
      <MetricCard
        label={t('credits.balance.monthly')}
        value={<Credits amount={monthlyLeft} />}
        note={t('credits.balance.monthlyNote')}
      />
      <MetricCard
        label={t('credits.balance.extra')}
        value={<Credits amount={extraLeft} />}
        note={t('credits.balance.extraNote')}
      />
    </div>
  );
}
