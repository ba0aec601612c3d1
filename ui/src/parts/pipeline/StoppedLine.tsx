/** Why the last run stopped early, and where to go from there. */
import { useTranslation } from 'react-i18next';
import { codeWords } from '../../data/codes';
import { StatusDot } from '../../kit/StatusDot';
import { PageLink } from '../pages';
import classes from './pipeline.module.css';

type Props = {
  /** Why the run stopped. */
  code: string;
  /** Why its last operation failed; empty when it did not. */
  failureCode: string;
  /** When a provider that asked to be left alone may be asked again. */
  until: string | null;
};

export function StoppedLine({ code, failureCode, until }: Props) {
  const { t } = useTranslation();
  // A run that did not merely fail names its reason itself.
  const why = code === 'failed' ? failureCode : code;
  const isLimit =
    code.startsWith('cap_') || code === 'spending_stopped' || code === 'shortfall' || code === 'books_do_not_balance';
  return (
    <div className={classes.stopped} role="status">
      {code === 'insufficient_credits' && (
        <>
          <StatusDot tone="warning" label={t('pipeline.stopped.insufficient_credits')} />
          <PageLink page="credits">{t('pipeline.toCredits')}</PageLink>
        </>
      )}
      {code === 'cancelled' && <StatusDot tone="neutral" label={t('pipeline.stopped.cancelled')} />}
      {isLimit && (
        <>
          <StatusDot tone="warning" label={t('pipeline.stopped.limit', { why: codeWords(code).what })} />
          <PageLink page="credits">{t('pipeline.toLimits')}</PageLink>
        </>
      )}
      {!isLimit && code !== 'insufficient_credits' && code !== 'cancelled' && (
        <>
          <StatusDot tone="danger" label={t('pipeline.stopped.failed')} />
          {why !== '' && <span>{codeWords(why, until).what}</span>}
          <PageLink page="tasks">{t('pipeline.toTasks')}</PageLink>
        </>
      )}
    </div>
  );
}
