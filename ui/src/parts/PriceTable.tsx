/** What a piece of AI work will cost, line by line, before anybody is asked to pay for it. */
import { useTranslation } from 'react-i18next';
import type { Estimate } from '../host';
import { Count, Credits } from '../kit/Amounts';
import { formatCreditSpan, formatMoney, formatMoneyExact, formatSpan, type Span } from '../kit/format';
import classes from './PriceTable.module.css';

export function PriceTable({ estimate }: { estimate: Estimate }) {
  const { t } = useTranslation();
  const cost: Span = [estimate.cost, estimate.costMax];
  const after: Span = [estimate.balanceAfterMin, estimate.balanceAfter];
  const lines = [
    [t('work.price.items'), <Count key="items" value={estimate.items} />],
    [t('work.price.model'), estimate.model],
    [t('work.price.likely'), <Credits key="likely" amount={estimate.credits} unit estimated />],
    [t('work.price.most'), <Credits key="most" amount={estimate.creditsMax} unit />],
    [
      t('work.price.cost'),
      <span key="cost" title={formatSpan(cost, formatMoneyExact)}>
        {formatSpan(cost, formatMoney)}
      </span>,
    ],
    [
      t('work.price.after'),
      t('kit.credits', { count: Number(estimate.balanceAfter), amount: formatCreditSpan(after) }),
    ],
  ] as const;
  return (
    <dl className={classes.table} data-figures>
      {lines.map(([label, value]) => (
        <div key={label} className={classes.line}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
