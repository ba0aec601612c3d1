/** What a piece of AI work will cost, line by line, before anybody is asked to pay for it. */
import { useTranslation } from 'react-i18next';
import type { Estimate } from '../host';
import { Count, Credits, Money } from '../kit/Amounts';
import classes from './PriceTable.module.css';

export function PriceTable({ estimate }: { estimate: Estimate }) {
  const { t } = useTranslation();
  const lines = [
    [t('work.price.items'), <Count key="items" value={estimate.items} />],
    [t('work.price.model'), estimate.model],
    [t('work.price.likely'), <Credits key="likely" amount={estimate.credits} unit estimated />],
    [t('work.price.most'), <Credits key="most" amount={estimate.creditsMax} unit />],
    [t('work.price.cost'), <Money key="cost" amount={estimate.cost} />],
    [t('work.price.after'), <Credits key="after" amount={estimate.balanceAfter} unit />],
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
