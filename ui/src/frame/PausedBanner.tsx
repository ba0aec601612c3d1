/** Above every page while all AI work is paused: since when, what that means, and the way on with its price. */
import { Pause, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PricedButton } from '../kit/PricedButton';
import { When } from '../kit/When';
import { useAllWork, useResumeAll } from '../parts/allWork';
import classes from './StoppedBanner.module.css';

export function PausedBanner() {
  const { t } = useTranslation();
  const { since } = useAllWork();
  if (since === undefined || since === null) return null;
  return (
    <section className={classes.banner} aria-label={t('frame.allWork.label')}>
      <Pause size="1rem" className={classes.icon} aria-hidden />
      <p className={classes.words} role="status">
        <strong>
          {t('frame.allWork.since')} <When at={since} style="exact" />.
        </strong>{' '}
        {t('frame.allWork.meaning')}
      </p>
      <ResumeAll />
    </section>
  );
}

function ResumeAll() {
  const { t } = useTranslation();
  const { price, without, blocked, isBusy, resume } = useResumeAll();
  return (
    <>
      {without !== '' && <p>{t('frame.allWork.without', { sites: without })}</p>}
      <PricedButton
        variant="filled"
        color="success"
        label={t('frame.allWork.resume')}
        icon={<Play size="1rem" aria-hidden />}
        price={price}
        busy={isBusy}
        blocked={blocked}
        onPress={resume}
      />
    </>
  );
}
