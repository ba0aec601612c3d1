/**
 * How far the work of a site is, from keyword to published article. It takes a site and a span of time and nothing else,
 * so it says the same on every page and in every sector.
 */
import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../data/command';
import { useScope } from '../data/scope';
import type { Completion, Period } from '../host';
import { formatCount, formatCredits } from '../kit/format';
import classes from './WorkflowCompletionWidget.module.css';

const PERIODS: readonly Period[] = ['all', 'days7', 'days30', 'days90'];

export function WorkflowCompletionWidget() {
  const { site } = useScope();
  return site === null ? null : <SiteCompletion siteId={site.id} />;
}

function SiteCompletion({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const [period, setPeriod] = useState<Period>('all');
  const { data } = useCommand('completion', [siteId, period], { keep: true });
  return (
    <section className={classes.widget} aria-label={t('frame.footer.workflow')}>
      <dl className={classes.steps}>
        {steps(data).map(([step, value]) => (
          <div key={step} className={classes.step}>
            <dt>{t(`frame.footer.step.${step}`)}</dt>
            <dd data-figures>{value}</dd>
          </div>
        ))}
      </dl>
      <Select
        aria-label={t('frame.footer.period')}
        variant="unstyled"
        size="xs"
        w="6rem"
        allowDeselect={false}
        data={PERIODS.map((value) => ({ value, label: t(`frame.footer.periods.${value}`) }))}
        value={period}
        onChange={(value) => value !== null && setPeriod(value)}
      />
    </section>
  );
}

type Step = 'keywords' | 'clusters' | 'ideas' | 'drafts' | 'review' | 'published' | 'images' | 'credits';

function steps(done: Completion | undefined): (readonly [Step, string])[] {
  const of = (part: number, whole: number) => `${formatCount(part)}/${formatCount(whole)}`;
  const pending = '–';
  return [
    ['keywords', done ? of(done.keywordsMapped, done.keywords) : pending],
    ['clusters', done ? formatCount(done.clusters) : pending],
    ['ideas', done ? of(done.ideasCompleted, done.ideas) : pending],
    ['drafts', done ? formatCount(done.drafts) : pending],
    ['review', done ? formatCount(done.review) : pending],
    ['published', done ? formatCount(done.published) : pending],
    ['images', done ? of(done.imagesGenerated, done.images) : pending],
    ['credits', done ? formatCredits(done.creditsUsed) : pending],
  ];
}
