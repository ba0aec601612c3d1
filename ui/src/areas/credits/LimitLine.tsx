/** One limit: what it is about, how full it is, and how to set, change and clear it. */
import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUndoable } from '../../data/undo';
import { formatCredits } from '../../kit/format';
import classes from './credits.module.css';
import { LimitBar } from './LimitBar';
import type { LimitRow } from './limits';
import { limitName, limitWords } from './limitWords';

type Props = { row: LimitRow; onEdit: () => void };

export function LimitLine({ row, onEdit }: Props) {
  const { t } = useTranslation();
  const name = limitName(row);
  const clear = useUndoable(
    'spendingLimitSet',
    'spendingLimitSet',
    () => [row.scope, row.siteId, row.wanted],
    () => t('credits.limits.cleared', { name }),
  );
  return (
    <li className={classes.line}>
      <div className={classes.lineName}>
        <Text fw={500} truncate title={name}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" data-figures>
          {limitWords(row)}
        </Text>
      </div>
      <div className={classes.lineBar}>
        <LimitBar limit={row} label={name} />
      </div>
      <Text
        className={classes.lineAmount ?? ''}
        data-figures
        {...(row.wanted === null ? { c: 'dimmed' } : { fw: 500 })}
      >
        {row.wanted === null ? t('credits.limits.none') : formatCredits(row.wanted)}
      </Text>
      <div className={classes.lineActs}>
        <Button
          variant="default"
          aria-label={`${t(row.wanted === null ? 'credits.limits.set' : 'credits.limits.change')}: ${name}`}
          onClick={onEdit}
        >
          {t(row.wanted === null ? 'credits.limits.set' : 'credits.limits.change')}
        </Button>
        {row.wanted !== null && (
          <Button
            variant="subtle"
            color="gray"
            aria-label={`${t('credits.limits.clear')}: ${name}`}
            onClick={() => void clear([row.scope, row.siteId, null])}
          >
            {t('credits.limits.clear')}
          </Button>
        )}
      </div>
    </li>
  );
}
