/** A pipeline at rest: why it stopped, what a run would do and cost, or what is left for the user. */
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import type { Completion, Fault, PipelineEstimate } from '../../host';
import { formatCount } from '../../kit/format';
import { addressOf, PageLink } from '../pages';
import { EndedModel } from './EndedModel';
import { isShort, type Remaining, remainingOf } from './pipeline';
import classes from './pipeline.module.css';
import { RunButton } from './RunButton';
import { StageChips } from './StageChips';
import { StoppedLine } from './StoppedLine';

type Props = {
  siteId: string;
  /** Why the last run stopped early; empty when it did not. */
  stoppedCode: string;
  /** Why the newest operation failed; empty when it did not. */
  failureCode: string;
  /** When a provider that asked to be left alone may be asked again. */
  until: string | null;
  completion: Completion;
};

/** Reasons that are told although nothing is left to run: what is left is not done. */
const HIDES_THE_REST: ReadonlySet<string> = new Set(['failed', 'books_do_not_balance']);

export function PipelineIdle({ siteId, stoppedCode, failureCode, until, completion }: Props) {
  const { data, error, isPlaceholderData } = useCommand('pipelineEstimate', [siteId], { keep: true });
  const stopped =
    stoppedCode === '' ? null : <StoppedLine code={stoppedCode} failureCode={failureCode} until={until} />;
  const fault = error === null ? null : faultOf(error);
  if (fault?.code === 'NothingToDo') {
    return (
      <>
        {HIDES_THE_REST.has(stoppedCode) && stopped}
        <NothingToRun completion={completion} />
      </>
    );
  }
  const estimate = fault !== null || isPlaceholderData ? null : (data ?? null);
  return <ReadyToRun siteId={siteId} stopped={stopped} estimate={estimate} fault={fault} />;
}

type ReadyProps = {
  siteId: string;
  /** Why the last run stopped early. */
  stopped: ReactNode;
  /** Null while it is asked for, and when there is none. */
  estimate: PipelineEstimate | null;
  fault: Fault | null;
};

function ReadyToRun({ siteId, stopped, estimate, fault }: ReadyProps) {
  const { t } = useTranslation();
  const words = fault === null ? null : wordsOf(fault);
  const short = estimate !== null && isShort(estimate);
  return (
    <>
      <div className={classes.panelHead}>
        {stopped ?? <p className={classes.sentence}>{t('pipeline.lead')}</p>}
        <RunButton siteId={siteId} label={t('pipeline.run')} variant="filled" />
      </div>
      <StageChips current={null} />
      {words !== null && (
        <p className={classes.price}>
          {words.what} {words.advice}
        </p>
      )}
      {fault?.code === 'ModelEnded' && (
        <div>
          <EndedModel model={fault.detail.model} />
        </div>
      )}
      {short && (
        <p className={classes.price}>
          {t('work.price.short')} <PageLink page="credits">{t('pipeline.toCredits')}</PageLink>
        </p>
      )}
    </>
  );
}

/** The stage that the site stands at when nothing is left to run. */
const REACHED: Record<Remaining, string | null> = {
  review: 'review',
  drafts: 'review',
  approved: 'done',
  published: 'done',
  empty: null,
  onTheWay: 'done',
};

function NothingToRun({ completion }: { completion: Completion }) {
  const { t } = useTranslation();
  const { kind, count, page, tab } = remainingOf(completion);
  return (
    <>
      <div className={classes.panelHead}>
        <p className={classes.sentence} role="status">
          {sentence(kind, count)}
        </p>
        <Button component={Link} {...addressOf(page, undefined, tab)}>
          {t(`pipeline.act.${kind}`)}
        </Button>
      </div>
      <StageChips current={REACHED[kind]} />
    </>
  );

  function sentence(kind: Remaining, count: number): string {
    if (kind === 'published' || kind === 'empty') return t(`pipeline.done.${kind}`);
    return t(`pipeline.done.${kind}`, { count, amount: formatCount(count) });
  }
}
