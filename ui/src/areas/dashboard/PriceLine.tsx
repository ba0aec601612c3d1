/** What the next stages of a run will cost; those after them have no price before their items exist. */
import { Skeleton } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../../data/faults';
import { formatCount, formatCredits } from '../../kit/format';
import { PageLink } from '../../parts/pages';
import { doingWords } from '../../parts/workWords';
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
  const parts: string[] = prices.map(({ fn, credits }) => {
    const price = t('kit.credits', { count: Number(credits), amount: formatCredits(credits) });
    return t('dashboard.pipeline.price', { doing: doingWords(fn), price: t('kit.aboutCredits', { credits: price }) });
  });
  if (queueable > 0) parts.push(t('dashboard.pipeline.priceFree', { amount: formatCount(queueable) }));
  return (
    <p className={classes.price} data-figures>
      {parts.map((part, place) => (
        <Fragment key={part}>
          <span>{place < parts.length - 1 ? `${part} ·` : `${part}.`}</span>{' '}
        </Fragment>
      ))}
      {t(isLast ? 'dashboard.pipeline.lastStage' : 'dashboard.pipeline.later')}
    </p>
  );
}
