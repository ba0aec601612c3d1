/** A pipeline at rest: why it stopped, what a run would do and cost, or what is left for the user. */
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { wordsOf } from '../../data/faults';
import { tell } from '../../data/problems';
import type { Completion } from '../../host';
import { formatCount } from '../../kit/format';
import { PrimaryAction } from '../../kit/PrimaryAction';
import { addressOf } from '../../parts/pages';
import classes from './dashboard.module.css';
import { PriceLine } from './PriceLine';
import { type Outlook, type Remaining, remainingOf } from './pipeline';
import { StageChips } from './StageChips';
import { StoppedLine } from './StoppedLine';
import { useOutlook } from './useOutlook';
import { newIdeas } from './workflow';

type Props = {
  siteId: string;
  /** Why the last run stopped early; empty when it did not. */
  stoppedCode: string;
  /** Why the newest operation failed; empty when it did not. */
  failureCode: string;
  completion: Completion;
};

export function PipelineIdle({ siteId, stoppedCode, failureCode, completion }: Props) {
  const outlook = useOutlook(siteId, newIdeas(completion));
  const stopped = stoppedCode === '' ? null : <StoppedLine code={stoppedCode} failureCode={failureCode} />;
  if (outlook?.kind === 'done') {
    return (
      <>
        {stoppedCode === 'failed' && stopped}
        <NothingToRun completion={completion} />
      </>
    );
  }
  return <ReadyToRun siteId={siteId} stopped={stopped} outlook={outlook} />;
}

type ReadyProps = {
  siteId: string;
  /** Why the last run stopped early. */
  stopped: ReactNode;
  outlook: Exclude<Outlook, { kind: 'done' }> | null;
};

function ReadyToRun({ siteId, stopped, outlook }: ReadyProps) {
  const { t } = useTranslation();
  const start = useAct('pipelineStart');
  return (
    <>
      <div className={classes.panelHead}>
        {stopped ?? <p className={classes.sentence}>{t('dashboard.pipeline.lead')}</p>}
        <PrimaryAction
          label={t('dashboard.pipeline.run')}
          icon={<Play size="1rem" aria-hidden />}
          busy={start.isPending}
          blocked={outlook === null ? undefined : blockedBy(outlook)}
          onPress={() => start.mutate([siteId], { onError: tell })}
        />
      </div>
      <StageChips current={null} />
      <PriceLine outlook={outlook} />
    </>
  );

  function blockedBy(outlook: Outlook): string | undefined {
    if (outlook.kind === 'blocked') return wordsOf(outlook.fault).what;
    return outlook.kind === 'short' ? t('work.price.short') : undefined;
  }
}

/** The stage that the site stands at when nothing is left to run. */
const REACHED: Record<Remaining, string | null> = {
  review: 'review',
  drafts: 'review',
  approved: 'done',
  published: 'done',
  empty: null,
};

function NothingToRun({ completion }: { completion: Completion }) {
  const { t } = useTranslation();
  const { kind, count, page } = remainingOf(completion);
  return (
    <>
      <div className={classes.panelHead}>
        <p className={classes.sentence} role="status">
          {sentence(kind, count)}
        </p>
        <Button component={Link} {...addressOf(page)}>
          {t(`dashboard.pipeline.act.${kind}`)}
        </Button>
      </div>
      <StageChips current={REACHED[kind]} />
    </>
  );

  function sentence(kind: Remaining, count: number): string {
    if (kind === 'published' || kind === 'empty') return t(`dashboard.pipeline.done.${kind}`);
    return t(`dashboard.pipeline.done.${kind}`, { count, amount: formatCount(count) });
  }
}
