/** What limits spending: the monthly budget, the price of a credit, caps of the month, of the day and of each site, and when to warn. */
import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import type { Balance } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { formatCredits, formatMoneyExact, formatShare } from '../../kit/format';
import { TextSkeleton } from '../../kit/Skeletons';
import { ZoneForm } from '../../parts/ZoneForm';
import { BudgetForm } from './AmountForms';
import classes from './credits.module.css';
import { LimitBar } from './LimitBar';
import { LimitForm, WarnForm } from './LimitForms';
import { LimitLine } from './LimitLine';
import { type LimitRow, limitRows } from './limits';
import { PriceForm } from './PriceForm';

export function LimitsPanel({ balance }: { balance: Balance | undefined }) {
  const { t } = useTranslation();
  const spending = useCommand('spending', []);
  const { data: sites } = useCommand('sites', []);
  const [edited, setEdited] = useState<LimitRow | null>(null);
  const { data: workspace } = useCommand('workspace', []);
  const [form, setForm] = useState<'budget' | 'zone' | 'price' | 'warn' | null>(null);
  const problem = problemOf(spending.error);
  if (problem !== null) return <ErrorState problem={problem} onRetry={() => void spending.refetch()} />;
  if (spending.data === undefined || balance === undefined) {
    return (
      <div className={classes.limits}>
        <TextSkeleton />
      </div>
    );
  }
  const { lowPercent } = spending.data;
  return (
    <div className={classes.limits}>
      <section className={classes.panel} aria-labelledby="budget-title">
        <div className={classes.panelHead}>
          <Title order={2} id="budget-title">
            {t('credits.budget.title')}
          </Title>
          <Button variant="default" onClick={() => setForm('budget')}>
            {t('credits.budget.button')}
          </Button>
        </div>
        <Budget balance={balance} />
        {workspace !== undefined && (
          <Group gap="sm">
            <Text c="dimmed">{t('credits.zone.now', { zone: workspace.zone })}</Text>
            <Anchor component="button" size="sm" onClick={() => setForm('zone')}>
              {t('credits.zone.button')}
            </Anchor>
            <ZoneForm opened={form === 'zone'} zone={workspace.zone} onClose={() => setForm(null)} />
          </Group>
        )}
      </section>
      <section className={classes.panel} aria-labelledby="price-title">
        <div className={classes.panelHead}>
          <Title order={2} id="price-title">
            {t('credits.price.title')}
          </Title>
          <Button variant="default" onClick={() => setForm('price')}>
            {t('credits.price.button')}
          </Button>
        </div>
        <Text data-figures>{t('credits.price.now', { price: formatMoneyExact(balance.creditPrice) })}</Text>
        <Text c="dimmed">{t('credits.price.lead')}</Text>
      </section>
      <section className={classes.panel} aria-labelledby="caps-title">
        <Title order={2} id="caps-title">
          {t('credits.limits.title')}
        </Title>
        <Text c="dimmed">{t('credits.limits.lead')}</Text>
        <ul className={classes.lines}>
          {limitRows(spending.data, sites ?? []).map((row) => (
            <LimitLine key={row.id} row={row} onEdit={() => setEdited(row)} />
          ))}
        </ul>
      </section>
      <section className={classes.panel} aria-labelledby="warn-title">
        <div className={classes.panelHead}>
          <Title order={2} id="warn-title">
            {t('credits.warn.title')}
          </Title>
          <Button variant="default" onClick={() => setForm('warn')}>
            {t('credits.warn.button')}
          </Button>
        </div>
        <Text>{t(lowPercent === 0 ? 'credits.warn.never' : 'credits.warn.below', { percent: lowPercent })}</Text>
        <Text c="dimmed">{t('credits.warn.exhausted')}</Text>
      </section>
      <BudgetForm opened={form === 'budget'} balance={balance} onClose={() => setForm(null)} />
      <PriceForm opened={form === 'price'} price={balance.creditPrice} onClose={() => setForm(null)} />
      <WarnForm opened={form === 'warn'} percent={lowPercent} onClose={() => setForm(null)} />
      {edited !== null && <LimitForm key={edited.id} row={edited} onClose={() => setEdited(null)} />}
    </div>
  );
}

function Budget({ balance: { monthlyBudget, monthGranted, monthDrawn, held } }: { balance: Balance }) {
  const { t } = useTranslation();
  return (
    <>
      <LimitBar limit={{ wanted: monthGranted, used: monthDrawn, held }} label={t('credits.budget.title')} />
      <Text c="dimmed" data-figures>
        {t('credits.budget.usedOf', {
          used: formatCredits(monthDrawn),
          budget: formatCredits(monthGranted),
          share: formatShare(Number(monthDrawn), Number(monthGranted)),
        })}{' '}
        {monthlyBudget !== monthGranted && t('credits.budget.later', { budget: formatCredits(monthlyBudget) })}{' '}
        {t('credits.budget.lead')}
      </Text>
    </>
  );
}
