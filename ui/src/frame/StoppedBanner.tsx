/** Above every page while all paid work is stopped: since when, and the way back. */
import { Button } from '@mantine/core';
import { OctagonX, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../data/command';
import { tell } from '../data/problems';
import { When } from '../kit/When';
import classes from './StoppedBanner.module.css';

export function StoppedBanner() {
  const { t } = useTranslation();
  const { data: spending } = useCommand('spending', []);
  const resume = useAct('spendingResume');
  if (spending?.isStopped !== true) return null;
  return (
    <section className={classes.banner} aria-label={t('frame.stopped.label')}>
      <OctagonX size="1rem" className={classes.icon} aria-hidden />
      <p className={classes.words} role="status">
        <strong>
          {spending.stoppedAt === null ? (
            t('frame.stopped.what')
          ) : (
            <>
              {t('frame.stopped.since')} <When at={spending.stoppedAt} style="exact" />
            </>
          )}
          .
        </strong>{' '}
        {t('frame.stopped.meaning')}
      </p>
      <Button
        variant="default"
        leftSection={<Play size="1rem" aria-hidden />}
        loading={resume.isPending}
        onClick={() => resume.mutate([], { onError: tell })}
      >
        {t('frame.stopped.resume')}
      </Button>
    </section>
  );
}
