/** The workflow from keyword to published article: a card for each step, with its count and what comes next there. */
import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Completion } from '../../host';
import { formatCount } from '../../kit/format';
import { addressOf } from '../../parts/pages';
import classes from './dashboard.module.css';
import { type WorkflowStep, workflowOf } from './workflow';

/** Height of a card while its counts are on their way. */
const CARD_HEIGHT = '5.75rem';

export function WorkflowSteps({ completion }: { completion: Completion | undefined }) {
  const { t } = useTranslation();
  if (completion === undefined) return <Skeleton height={CARD_HEIGHT} aria-label={t('kit.loading')} role="status" />;
  return (
    <nav aria-label={t('dashboard.workflow.title')}>
      <ol className={classes.steps}>
        {workflowOf(completion).map((step) => (
          <Step key={step.name} step={step} />
        ))}
      </ol>
    </nav>
  );
}

function Step({ step: { name, page, tab, count, next, waiting } }: { step: WorkflowStep }) {
  const { t } = useTranslation();
  return (
    <li>
      <Link {...addressOf(page, undefined, tab)} className={classes.step}>
        <span className={classes.stepName}>
          {t(`dashboard.workflow.step.${name}`)}
          <ChevronRight size="1rem" aria-hidden />
        </span>
        <span className={classes.stepCount} data-figures>
          {formatCount(count)}
        </span>
        <span className={classes.stepNext} data-waiting={waiting > 0 || undefined}>
          {t(`dashboard.workflow.next.${next}`, { amount: formatCount(waiting) })}
        </span>
      </Link>
    </li>
  );
}
