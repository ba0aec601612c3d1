/** The sums in figures: credits and their worth, what providers bill, what that bought nothing for, and the month's end. */
import { useTranslation } from 'react-i18next';
import type { UsageSummary } from '../../host';
import { Count, Credits, Money } from '../../kit/Amounts';
import { formatCount, formatCredits, formatMoney } from '../../kit/format';
import { MetricCard } from '../../kit/MetricCard';
import classes from './usage.module.css';

export function FigureCards({ summary: { totals, projection } }: { summary: UsageSummary }) {
  const { t } = useTranslation();
  const { credits, creditValue, cost, lostCost, lost, settled, images, records } = totals;
  return (
    <div className={classes.cards}>
      <MetricCard
        label={t('usage.figure.credits')}
        value={<Credits amount={credits} />}
        note={t('usage.figure.worth', { money: formatMoney(creditValue) })}
      />
      <MetricCard label={t('usage.figure.cost')} value={<Money amount={cost} />} note={t('usage.figure.costNote')} />
      <MetricCard
        label={t('usage.figure.lost')}
        value={<Money amount={lostCost} />}
        note={t('usage.figure.lostNote', { count: lost, amount: formatCount(lost) })}
      />
      <MetricCard
        label={t('usage.figure.calls')}
        value={<Count value={settled} />}
        note={t('usage.figure.callsNote', {
          records: formatCount(records),
          images: formatCount(images),
          count: images,
        })}
      />
      <MetricCard
        label={t('usage.figure.projection')}
        value={<Credits amount={whole(projection.creditsAtMonthPace)} />}
        note={t('usage.figure.projectionNote', {
          cost: formatMoney(projection.costAtMonthPace),
          recent: formatCredits(whole(projection.creditsAtRecentPace)),
          recentCost: formatMoney(projection.costAtRecentPace),
        })}
      />
    </div>
  );
}

/** A forecast to the tenth of a credit would claim to know more than it does. */
function whole(credits: string): string {
  return String(Math.round(Number(credits)));
}
