/** A pipeline whose program was closed, or crashed, in the middle of it: where it was, what waits, what is held, and the ways out. */
import { useTranslation } from 'react-i18next';
import { codeWords } from '../../data/codes';
import { useAct } from '../../data/command';
import { wordsOf } from '../../data/faults';
import { tell } from '../../data/problems';
import { useHalt } from '../../data/spending';
import type { OperationRow, PipelineView } from '../../host';
import { formatCount, formatCredits } from '../../kit/format';
import { StatusDot } from '../../kit/StatusDot';
import { useGoOn } from '../goOn';
import { WaysOut } from '../InterruptedLine';
import { PageLink } from '../pages';
import { endWords } from '../workWords';
import classes from './pipeline.module.css';
import { StageChips } from './StageChips';

type Props = { siteId: string; pipeline: PipelineView; operations: readonly OperationRow[] };

export function PipelineInterrupted({ siteId, pipeline, operations }: Props) {
  const { t } = useTranslation();
  const cancel = useAct('pipelineCancel');
  const what = { siteId };
  const { fault, isShort } = useGoOn(what);
  const halt = useHalt();
  const refusal = halt ?? fault;
  const { stage, operationId, hasRun, isCancelling, unitsWaiting, held, stoppedCode } = pipeline;
  const isHeld = stoppedCode !== '' && !isCancelling;
  const row = operations.find(({ id, status }) => id === operationId && status === 'interrupted');
  const waiting =
    unitsWaiting === 0
      ? t('pipeline.interrupted.between')
      : t('pipeline.interrupted.waiting', { count: unitsWaiting, amount: formatCount(unitsWaiting) });
  const kept =
    Number(held) === 0
      ? t('pipeline.interrupted.nothingHeld')
      : t('pipeline.interrupted.held', { count: Number(held), amount: formatCredits(held) });
  return (
    <>
      <div className={classes.panelHead}>
        <div className={classes.stopped} role="status">
          <StatusDot tone="warning" label={t(isHeld ? 'pipeline.paused' : 'pipeline.interrupted.title')} paused />
          {isHeld && row === undefined && <span>{codeWords(stoppedCode).what}</span>}
          <span>{t(leadOf(isCancelling, isHeld))}</span>
        </div>
        <WaysOut
          what={what}
          isPending={cancel.isPending}
          isOfRun={hasRun}
          onGiveUp={() => cancel.mutate([siteId], { onError: tell })}
        />
      </div>
      <StageChips current={stage} isPaused />
      <div className={classes.stopped}>
        <span>
          {row === undefined ? '' : `${endWords(row).sentence} `}
          {waiting}, {kept}.
        </span>
        {row !== undefined && (
          <PageLink page="tasks" open={row.id}>
            {t('work.open')}
          </PageLink>
        )}
      </div>
      <p className={classes.price}>
        {refusal === null
          ? t(`work.interrupted.${hasRun ? 'goesOn' : 'goesOnAlone'}`)
          : `${wordsOf(refusal).what} ${wordsOf(refusal).advice ?? ''}`}
      </p>
      {isShort && (
        <p className={classes.price}>
          {t('work.price.short')} <PageLink page="credits">{t('pipeline.toCredits')}</PageLink>
        </p>
      )}
    </>
  );
}

function leadOf(isCancelling: boolean, isHeld: boolean) {
  if (isCancelling) return 'pipeline.interrupted.cancelled';
  return isHeld ? 'pipeline.pausedLead' : 'pipeline.interrupted.lead';
}
