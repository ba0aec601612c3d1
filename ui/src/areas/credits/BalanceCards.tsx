/** What there is to spend, where it comes from, and whether the books are right about it. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import type { Balance } from '../../host';
import { Credits, RollingCredits } from '../../kit/Amounts';
import { formatCredits, formatMoney, formatMoneyExact } from '../../kit/format';
import { MetricCard } from '../../kit/MetricCard';
import { StatusDot } from '../../kit/StatusDot';
import { When } from '../../kit/When';
import classes from './credits.module.css';

export function BalanceCards({ balance }: { balance: Balance }) {
  const { t } = useTranslation();
  const { available, availableValue, creditPrice, held, usedThisMonth, monthlyBudget, monthlyLeft, extraLeft } =
    balance;
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
        note={t('credits.balance.usedNote', { budget: formatCredits(monthlyBudget) })}
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

/** Whether the ledger agreed with its own sums when it was last checked. */
export function BooksBadge() {
  const { t } = useTranslation();
  const { data: workspace } = useCommand('workspace', []);
  if (workspace === undefined) return null;
  const { booksBalance, auditedAt } = workspace;
  return (
    <div className={classes.books} role={booksBalance ? 'note' : 'alert'}>
      <StatusDot
        tone={booksBalance ? 'success' : 'danger'}
        label={t(booksBalance ? 'credits.books.balance' : 'credits.books.off')}
      />
      <Text size="xs" c="dimmed">
        {t('credits.books.checked')} <When at={auditedAt} />
      </Text>
      {!booksBalance && <Text>{t('credits.books.offAdvice')}</Text>}
    </div>
  );
}
