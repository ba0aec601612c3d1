/** Work whose program was closed, or crashed, in the middle of it: that it waits, and the two ways out. */
import { Button } from '@mantine/core';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../data/command';
import { tell } from '../data/problems';
import type { OperationRow } from '../host';
import { ConfirmPopover } from '../kit/ConfirmPopover';
import { StatusDot } from '../kit/StatusDot';
import { GoOnButton } from './GoOnButton';
import type { Interrupted } from './goOn';
import classes from './OperationLines.module.css';
import { endWords } from './workWords';

export function InterruptedLine({ row }: { row: OperationRow }) {
  const cancel = useAct('operationCancel');
  const { tone, sentence } = endWords(row);
  return (
    <div className={classes.ended}>
      <StatusDot tone={tone} label={sentence} paused />
      <WaysOut
        what={{ operationId: row.id }}
        isPending={cancel.isPending}
        isOfRun={row.startedBy === 'automation'}
        onGiveUp={() => cancel.mutate([row.id], { onError: tell })}
      />
    </div>
  );
}

type WaysOutProps = {
  what: Interrupted;
  /** It is being given up. */
  isPending: boolean;
  /** It belongs to a run, which ends with it. */
  isOfRun: boolean;
  onGiveUp: () => void;
};

/** Goes on, or gives up after a question: what was given up cannot be taken back. */
export function WaysOut({ what, isPending, isOfRun, onGiveUp }: WaysOutProps) {
  const { t } = useTranslation();
  const giveUp = t(isOfRun ? 'pipeline.cancel' : 'work.interrupted.giveUp');
  return (
    <div className={classes.ways}>
      <GoOnButton what={what} busy={isPending} />
      <ConfirmPopover
        question={t(isOfRun ? 'work.interrupted.runQuestion' : 'work.interrupted.question')}
        confirmLabel={giveUp}
        onConfirm={onGiveUp}
      >
        {(open) => (
          <Button color="danger" leftSection={<X size="1rem" aria-hidden />} disabled={isPending} onClick={open}>
            {giveUp}
          </Button>
        )}
      </ConfirmPopover>
    </div>
  );
}
