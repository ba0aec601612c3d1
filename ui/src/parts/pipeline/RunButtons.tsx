/** What a person may do with a run: pause it or go on with it, and cancel it. Each has its colour, its sign and its word. */
import { Button } from '@mantine/core';
import { Pause } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import { CancelButton } from '../../kit/CancelButton';
import { GoOnButton } from '../GoOnButton';
import classes from './pipeline.module.css';

type Props = {
  siteId: string;
  /** `running`, `pausing` or `paused`. */
  standing: 'running' | 'pausing' | 'paused';
  /** It belongs to a run, which ends with it. */
  isOfRun: boolean;
  isCancelling: boolean;
  onCancel: () => void;
};

export function RunButtons({ siteId, standing, isOfRun, isCancelling, onCancel }: Props) {
  const { t } = useTranslation();
  const pause = useAct('pipelinePause');
  const stopNow = useAct('pipelineCancel');
  return (
    <div className={classes.buttons}>
      {standing === 'running' ? (
        <Button
          color="warning"
          leftSection={<Pause size="1rem" fill="currentColor" aria-hidden />}
          loading={pause.isPending}
          disabled={isCancelling}
          onClick={() => pause.mutate([siteId], { onError: tell })}
        >
          {t('pipeline.pause')}
        </Button>
      ) : (
        <GoOnButton what={{ siteId }} busy={isCancelling} />
      )}
      {/* Two buttons and not one with two names: a question that is open must not turn into the other one. */}
      {isCancelling ? (
        <CancelButton
          key="now"
          label={t('pipeline.stopNow')}
          question={t('pipeline.stopNowQuestion')}
          isStopping={stopNow.isPending || stopNow.isSuccess}
          onCancel={() => stopNow.mutate([siteId], { onError: tell })}
        />
      ) : (
        <CancelButton
          key="cancel"
          label={t(isOfRun ? 'pipeline.cancel' : 'work.interrupted.giveUp')}
          question={t(isOfRun ? 'pipeline.cancelQuestion' : 'work.interrupted.question')}
          isStopping={false}
          onCancel={onCancel}
        />
      )}
    </div>
  );
}
