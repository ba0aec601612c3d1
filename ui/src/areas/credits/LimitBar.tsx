/** How much of a limit is used and how much is held for work that runs, as a bar; the words beside it say the same. */
import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SpendingLimit } from '../../host';
import { formatCredits } from '../../kit/format';
import classes from './credits.module.css';
import { fillOf } from './limits';

type Props = { limit: Pick<SpendingLimit, 'wanted' | 'used' | 'held'>; label: string };

export function LimitBar({ limit, label }: Props) {
  const { t } = useTranslation();
  const fill = fillOf(limit);
  if (fill === null) return null;
  const { used, held } = limit;
  return (
    <Progress.Root size="sm" className={classes.bar ?? ''}>
      <Progress.Section
        value={fill.used}
        color={fill.tone}
        aria-label={t('credits.limits.barUsed', { label, used: formatCredits(used) })}
      />
      <Progress.Section
        value={fill.held}
        className={classes.heldPart ?? ''}
        color={fill.tone}
        aria-label={t('credits.limits.barHeld', { label, held: formatCredits(held) })}
      />
    </Progress.Root>
  );
}
