/** Why a part of a page has nothing to show: what happened, why, what to do, and the details folded away. */
import { Button } from '@mantine/core';
import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Drawing } from './Drawing';
import classes from './ErrorState.module.css';

/** A failure in words. */
export type Problem = {
  /** What happened, one sentence. */
  what: string;
  /** Why and what to do next. */
  advice?: string | undefined;
  /** For support: an incident number, a raw answer. */
  details?: string | undefined;
};

type Props = {
  problem: Problem;
  onRetry?: (() => void) | undefined;
  /** Another way out, such as opening the settings. */
  action?: ReactNode;
};

export function ErrorState({ problem, onRetry, action }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.state} role="alert">
      <Drawing name="broken" />
      <div>
        <p className={classes.what}>{problem.what}</p>
        {problem.advice !== undefined && <p className={classes.advice}>{problem.advice}</p>}
      </div>
      <div className={classes.actions}>
        {onRetry !== undefined && (
          <Button variant="default" leftSection={<RotateCw size="1rem" aria-hidden />} onClick={onRetry}>
            {t('kit.retry')}
          </Button>
        )}
        {action}
      </div>
      {problem.details !== undefined && (
        <details className={classes.details}>
          <summary>{t('kit.error.details')}</summary>
          <pre>{problem.details}</pre>
        </details>
      )}
    </div>
  );
}
