/** What the next stages of a run will cost; those after them have no price before their items exist. */
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../../data/faults';
import { formatCount, formatCredits } from '../../kit/format';
import { PageLink } from '../../parts/pages';
import classes from './dashboard.module.css';
import type { Outlook } from './pipeline';

type Props = { outlook: Exclude<Outlook, { kind: 'done' }> | null };

export function PriceLine({ outlook }: Props) {
  const { t } = useTranslation();
  if (outlook === null)
    return <Skeleton height="1.25rem" width="60%" aria-label={t('work.price.asking')} role="status" />;
  if (outlook.kind === 'short') {
    return (
      <p className={classes.price}>
        {t('work.price.short')} <PageLink page="credits">{t('dashboard.pipeline.toCredits')}</PageLink>
      </p>
    );
  }
  if (outlook.kind === 'blocked') {
    const { what, advice } = wordsOf(outlook.fault);
    return (
      <p className={classes.price}>
        {what} {advice}
      </p>
    );
  }
  const { prices, queueable, isLast } = outlook;
  const parts = prices.map(({ fn, credits }, place) => {
    const values = { count: Number(credits), amount: formatCredits(credits), what: t(`dashboard.pipeline.for.${fn}`) };
    return t(place === 0 ? 'dashboard.pipeline.price' : 'dashboard.pipeline.priceMore', values);
  });
  const sentences = parts.length === 0 ? [] : [t('dashboard.pipeline.prices', { prices: parts.join(', ') })];
  if (queueable > 0) {
    sentences.push(t('dashboard.pipeline.queueable', { count: queueable, amount: formatCount(queueable) }));
  }
  sentences.push(t(isLast ? 'dashboard.pipeline.lastStage' : 'dashboard.pipeline.later'));
  return (
    <p className={classes.price} data-figures>
      {sentences.join(' ')}
    </p>
  );
}
