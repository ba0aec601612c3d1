/** A running operation in one line: how far, what it took so far, how long still, the current item, and a way to stop. */
import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CancelButton } from './CancelButton';
import { formatCount, formatCredits, formatDuration } from './format';
import classes from './ProgressLine.module.css';

type Props = {
  /** What is being done: "Writing drafts". */
  label: string;
  done: number;
  total: number;
  /** Credits charged so far, decimal string. */
  credits?: string | undefined;
  /** Estimated time left in milliseconds. */
  leftMs?: number | undefined;
  /** Name of the item being worked on. */
  current?: string | undefined;
  onCancel?: (() => void) | undefined;
  /** Cancel was asked for; the current item still finishes. */
  cancelling?: boolean;
  /** It stands still until somebody goes on with it. */
  paused?: boolean;
};

export function ProgressLine({
  label,
  done,
  total,
  credits,
  leftMs,
  current,
  onCancel,
  cancelling = false,
  paused = false,
}: Props) {
  const { t } = useTranslation();
  const facts = [t('kit.progress.count', { done: formatCount(done), total: formatCount(total) })];
  if (credits !== undefined) facts.push(t('kit.credits', { count: Number(credits), amount: formatCredits(credits) }));
  if (cancelling) facts.push(t('kit.progress.cancelling'));
  else if (leftMs !== undefined) facts.push(t('kit.progress.left', { time: formatDuration(leftMs) }));
  return (
    <div className={classes.line}>
      <div className={classes.words}>
        <span className={classes.label}>{label}</span>
        <span className={classes.current}>{current}</span>
        <span className={classes.facts} data-figures>
          {facts.join(' · ')}
        </span>
        {onCancel !== undefined && (
          <CancelButton
            label={t('kit.progress.cancel')}
            question={t('kit.progress.question')}
            isStopping={cancelling}
            compact
            onCancel={onCancel}
          />
        )}
      </div>
      <Progress
        value={total === 0 ? 0 : (100 * done) / total}
        size="xs"
        color={paused ? 'warning' : 'accent'}
        aria-label={label}
        transitionDuration={0}
      />
    </div>
  );
}
