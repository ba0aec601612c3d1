/** The balance on the dashboard: what can be spent, what running work holds, what this month took. */
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Balance } from '../../host';
import { Credits, Money, RollingCredits } from '../../kit/Amounts';
import { PageLink } from '../../parts/pages';
import classes from './dashboard.module.css';

export function BalanceCard({ balance }: { balance: Balance | undefined }) {
  const { t } = useTranslation();
  return (
    <section className={classes.panel} aria-labelledby="balance-title">
      <div className={classes.panelHead}>
        <h2 id="balance-title" className={classes.title}>
          {t('dashboard.balance.title')}
        </h2>
        <PageLink page="credits">{t('dashboard.balance.open')}</PageLink>
      </div>
      {balance === undefined ? (
        <Skeleton height="6rem" aria-label={t('kit.loading')} role="status" />
      ) : (
        <Figures balance={balance} />
      )}
    </section>
  );
}

function Figures({ balance }: { balance: Balance }) {
  const { t } = useTranslation();
  const rows = [
    [t('dashboard.balance.held'), balance.held],
    [t('dashboard.balance.thisMonth'), balance.usedThisMonth],
    [t('dashboard.balance.budget'), balance.monthGranted],
  ] as const;
  return (
    <>
      <div className={classes.available} data-figures>
        <RollingCredits amount={balance.available} />
        <span className={classes.money}>
          <Money amount={balance.availableValue} />
        </span>
      </div>
      <dl className={classes.rows}>
        {rows.map(([label, amount]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Credits amount={amount} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
