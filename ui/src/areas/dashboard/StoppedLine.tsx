/** Why the last run stopped early, and where to go from there. */
import { useTranslation } from 'react-i18next';
import { codeWords } from '../../data/codes';
import { StatusDot } from '../../kit/StatusDot';
import { PageLink } from '../../parts/pages';
import classes from './dashboard.module.css';

type Props = {
  /** Why the run stopped. */
  code: string;
  /** Why its last operation failed; empty when it did not. */
  failureCode: string;
};

export function StoppedLine({ code, failureCode }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.stopped} role="status">
      {code === 'insufficient_credits' && (
        <>
          <StatusDot tone="warning" label={t('dashboard.pipeline.stopped.insufficient_credits')} />
          <PageLink page="credits">{t('dashboard.pipeline.toCredits')}</PageLink>
        </>
      )}
      {code === 'cancelled' && <StatusDot tone="neutral" label={t('dashboard.pipeline.stopped.cancelled')} />}
      {code !== 'insufficient_credits' && code !== 'cancelled' && (
        <>
          <StatusDot tone="danger" label={t('dashboard.pipeline.stopped.failed')} />
          {failureCode !== '' && <span>{codeWords(failureCode).what}</span>}
          <PageLink page="tasks">{t('dashboard.pipeline.toTasks')}</PageLink>
        </>
      )}
    </div>
  );
}
