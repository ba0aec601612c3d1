/**
 * A run under way, or paused: how far it and its stages are, what is at hand, what it has used and may still use, and the
 * buttons. Amber edge while it stands still.
 */
import { Progress, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { codeWords } from '../../data/codes';
import { useAct, useCommand } from '../../data/command';
import { tell } from '../../data/problems';
import { useProgress } from '../../data/progress';
import type { OperationRow, PipelineView, RunNow } from '../../host';
import { useNow } from '../../kit/clock';
import { formatCount, formatCredits, formatDuration } from '../../kit/format';
import { ProgressLine } from '../../kit/ProgressLine';
import { StatusDot } from '../../kit/StatusDot';
import { PageLink } from '../pages';
import { doingWords } from '../workWords';
import { overallOf, placeOf, remainingMs, workedMs } from './pipeline';
import classes from './pipeline.module.css';
import { RunButtons } from './RunButtons';
import { RunColumns } from './RunColumns';
import { StageChips } from './StageChips';

type Props = { siteId: string; pipeline: PipelineView; operations: readonly OperationRow[] };

export function RunInProgress({ siteId, pipeline, operations }: Props) {
  const { standing, stage, operationId, hasRun } = pipeline;
  const { t } = useTranslation();
  const run = useCommand('runNow', [siteId], { keep: true }).data ?? null;
  const cancel = useAct('pipelineCancel');
  // Asked for here a moment ago, or by whom and when ever.
  const isCancelling = pipeline.isCancelling || cancel.isPending || cancel.isSuccess;
  const isStill = standing === 'paused' || standing === 'pausing';
  const doing = stageWords();
  return (
    <>
      <div className={classes.panelHead}>
        <Headline pipeline={pipeline} isCancelling={isCancelling} doing={doing} />
        {(hasRun || isStill) && (
          <RunButtons
            siteId={siteId}
            standing={isStill ? standing : 'running'}
            isOfRun={hasRun}
            isCancelling={isCancelling}
            onCancel={() => cancel.mutate([siteId], { onError: tell })}
          />
        )}
      </div>
      {run !== null && <WholeRun run={run} />}
      <StageChips current={stage} isPaused={isStill || standing === 'held_back'} stages={run?.stages} />
      <StageLine operationId={operationId} operations={operations} doing={doing} isStill={isStill} />
      {run !== null && (
        <>
          <RunFigures run={run} />
          <RunColumns run={run} />
        </>
      )}
    </>
  );

  function stageWords(): string {
    if (stage === 'queue_ideas') return t('pipeline.queueing');
    return stage === 'review' || stage === '' ? t('pipeline.finishing') : doingWords(stage);
  }
}

type StageProps = {
  operationId: string | null;
  operations: readonly OperationRow[];
  doing: string;
  isStill: boolean;
};

/** How far the stage at hand is. */
function StageLine({ operationId, operations, doing, isStill }: StageProps) {
  const live = useProgress(operationId);
  const row = operations.find(({ id }) => id === operationId);
  const total = row?.unitsTotal ?? live?.total;
  return (
    <div className={classes.stage}>
      {total === undefined ? (
        <p className={classes.price}>{doing}</p>
      ) : (
        <ProgressLine
          label={doing}
          done={live?.done ?? (row === undefined ? 0 : row.unitsDone + row.unitsFailed)}
          total={total}
          credits={live?.credits ?? row?.credits}
          current={isStill ? undefined : live?.item}
          leftMs={isStill ? undefined : (live?.leftMs ?? undefined)}
          paused={isStill}
        />
      )}
    </div>
  );
}

type HeadlineProps = { pipeline: PipelineView; isCancelling: boolean; doing: string };

function Headline({ pipeline: { standing, stage, stoppedCode }, isCancelling, doing }: HeadlineProps) {
  const { t } = useTranslation();
  const isStill = standing === 'paused' || standing === 'pausing';
  if (standing === 'held_back')
    return (
      <div className={classes.stopped} role="status">
        <StatusDot tone="danger" label={t('pipeline.heldBack')} paused />
        <PageLink page="credits">{t('pipeline.toLimits')}</PageLink>
      </div>
    );
  if (isStill && !isCancelling)
    return (
      <div className={classes.stopped} role="status">
        <StatusDot tone="warning" label={t('pipeline.paused')} paused />
        {stoppedCode !== '' && <span>{codeWords(stoppedCode).what}</span>}
        <span>{t(standing === 'pausing' ? 'pipeline.pausing' : 'pipeline.pausedLead')}</span>
      </div>
    );
  return (
    <p className={classes.sentence} role="status">
      {isCancelling ? t('pipeline.stopping') : t('pipeline.stageOf', placeOf(stage))}
      <VisuallyHidden>{doing}</VisuallyHidden>
    </p>
  );
}

/** How far the whole run is. */
function WholeRun({ run }: { run: RunNow }) {
  const { t } = useTranslation();
  const { done, total } = overallOf(run.stages);
  const label = t('pipeline.progress');
  return (
    <div className={classes.progress}>
      <div className={classes.whole}>
        <span>{label}</span>
        <span className={classes.price} data-figures>
          {t('pipeline.overallOf', { done: formatCount(done), total: formatCount(total) })}
        </span>
      </div>
      <Progress
        value={total === 0 ? 0 : (100 * done) / total}
        size="sm"
        color={run.standing === 'running' ? 'accent' : 'warning'}
        aria-label={label}
        transitionDuration={0}
      />
    </div>
  );
}

/** What the run took: figures that move with every item. */
function RunFigures({ run }: { run: RunNow }) {
  const { t } = useTranslation();
  const now = useNow();
  const left = remainingMs(run, now);
  const used = formatCredits(run.row.credits);
  const facts = [
    {
      label: t('pipeline.used'),
      value: run.cap === null ? used : t('pipeline.usedOf', { used, cap: formatCredits(run.cap) }),
      note: run.capLeft === null ? null : t('pipeline.left', { left: formatCredits(run.capLeft) }),
    },
    { label: t('pipeline.elapsed'), value: formatDuration(workedMs(run.row, now)), note: null },
    {
      label: t('pipeline.remaining'),
      value: left === null ? t('pipeline.unknownLeft') : t('pipeline.aboutLeft', { time: formatDuration(left) }),
      note: null,
    },
  ];
  return (
    <dl className={classes.figures} data-figures>
      {facts.map(({ label, value, note }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value}
            {note !== null && <span className={classes.note}> · {note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
