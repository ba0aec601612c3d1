/** A running pipeline, or one that is held back: the stage at hand with its progress, and a way to stop it. */
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import { useProgress } from '../../data/progress';
import type { OperationRow, PipelineView } from '../../host';
import { CancelButton } from '../../kit/CancelButton';
import { ProgressLine } from '../../kit/ProgressLine';
import { StatusDot } from '../../kit/StatusDot';
import { PageLink } from '../../parts/pages';
import { doingWords } from '../../parts/workWords';
import classes from './dashboard.module.css';
import { placeOf } from './pipeline';
import { StageChips } from './StageChips';

type Props = { siteId: string; pipeline: PipelineView; operations: readonly OperationRow[] };

export function PipelineRun({ siteId, pipeline: { standing, stage, operationId, hasRun }, operations }: Props) {
  const { t } = useTranslation();
  const live = useProgress(operationId);
  const cancel = useAct('pipelineCancel');
  const row = operations.find(({ id }) => id === operationId);
  const isStopping = cancel.isPending || cancel.isSuccess;
  const total = row?.unitsTotal ?? live?.total;
  const doing = stageWords();
  return (
    <>
      <div className={classes.panelHead}>
        {standing === 'held_back' ? (
          <div className={classes.stopped} role="status">
            <StatusDot tone="danger" label={t('dashboard.pipeline.heldBack')} paused />
            <PageLink page="credits">{t('dashboard.pipeline.toLimits')}</PageLink>
          </div>
        ) : (
          <p className={classes.sentence} role="status">
            {isStopping ? t('dashboard.pipeline.stopping') : t('dashboard.pipeline.stageOf', placeOf(stage))}
            <VisuallyHidden>{doing}</VisuallyHidden>
          </p>
        )}
        {hasRun && (
          <CancelButton
            label={t('dashboard.pipeline.cancel')}
            question={t('dashboard.pipeline.cancelQuestion')}
            isStopping={isStopping}
            onCancel={() => cancel.mutate([siteId], { onError: tell })}
          />
        )}
      </div>
      <StageChips current={stage} isPaused={standing === 'held_back'} />
      <div className={classes.progress}>
        {total === undefined ? (
          <p className={classes.price}>{doing}</p>
        ) : (
          <ProgressLine
            label={doing}
            done={live?.done ?? (row === undefined ? 0 : row.unitsDone + row.unitsFailed)}
            total={total}
            credits={live?.credits ?? row?.credits}
            current={live?.item}
            leftMs={live?.leftMs ?? undefined}
          />
        )}
      </div>
    </>
  );

  function stageWords(): string {
    if (stage === 'queue_ideas') return t('dashboard.pipeline.queueing');
    return stage === 'review' || stage === '' ? t('dashboard.pipeline.finishing') : doingWords(stage);
  }
}
