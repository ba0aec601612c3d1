/** Work of a page in lines: what runs, with a way to stop it; what has ended, with a way to look at it. */
import { CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct } from '../data/command';
import { tell } from '../data/problems';
import { useProgress } from '../data/progress';
import type { Watched } from '../data/work';
import type { OperationRow } from '../host';
import { Credits } from '../kit/Amounts';
import { ProgressLine } from '../kit/ProgressLine';
import { StatusDot } from '../kit/StatusDot';
import { InterruptedLine } from './InterruptedLine';
import classes from './OperationLines.module.css';
import { PageLink } from './pages';
import { doingWords, endWords, workOf } from './workWords';

export function OperationLines({ watched }: { watched: Watched }) {
  if (watched.operations.length === 0) return null;
  return (
    <section className={classes.lines} aria-live="polite">
      {watched.operations.map((row) =>
        isOpen(row) ? (
          <OpenLine key={row.id} row={row} />
        ) : (
          <EndedLine key={row.id} row={row} onDismiss={() => watched.dismiss(row.id)} />
        ),
      )}
    </section>
  );
}

/** Whether an operation has not ended, at work or not. */
export function isOpen({ status }: Pick<OperationRow, 'status'>): boolean {
  return status === 'pending' || status === 'interrupted';
}

/** One operation that has not ended: how far it is, or that it was interrupted and what to do then. */
export function OpenLine({ row }: { row: OperationRow }) {
  return row.status === 'interrupted' ? <InterruptedLine row={row} /> : <RunningLine row={row} />;
}

/** One running operation: what the row says, made livelier by reports. */
function RunningLine({ row }: { row: OperationRow }) {
  const live = useProgress(row.id);
  const cancel = useAct('operationCancel');
  return (
    <ProgressLine
      label={doingWords(workOf(row))}
      done={live?.done ?? row.unitsDone + row.unitsFailed}
      total={row.unitsTotal}
      credits={live?.credits ?? row.credits}
      current={live?.item}
      leftMs={live?.leftMs ?? undefined}
      cancelling={cancel.isSuccess}
      onCancel={() => cancel.mutate([row.id], { onError: tell })}
    />
  );
}

type EndedProps = { row: OperationRow; onDismiss: () => void };

function EndedLine({ row, onDismiss }: EndedProps) {
  const { t } = useTranslation();
  const { tone, sentence } = endWords(row);
  return (
    <div className={classes.ended}>
      <StatusDot tone={tone} label={sentence} />
      <span className={classes.price}>
        <Credits amount={row.credits} unit />
      </span>
      <PageLink page="tasks" open={row.id}>
        {t('work.open')}
      </PageLink>
      <CloseButton size="sm" aria-label={t('work.dismiss')} onClick={onDismiss} />
    </div>
  );
}
