/** Slides in over the foot of a list while rows are chosen: how many of how many, and what can be done with them. */
import { ActionIcon, Button } from '@mantine/core';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../format';
import { everything, selectedCount } from './selection';
import classes from './table.module.css';
import type { BulkAction, Selection } from './types';

type Props = {
  selection: Selection;
  loaded: number;
  /** Rows that match, loaded or not. */
  total: number;
  actions: readonly BulkAction[];
  onSelect: (selection: Selection) => void;
  onClear: () => void;
};

export function BulkBar({ selection, loaded, total, actions, onSelect, onClear }: Props) {
  const { t } = useTranslation();
  const count = selectedCount(selection, total);
  if (count === 0) return null;
  const words = { selected: formatCount(count), total: formatCount(total) };
  return (
    <section className={classes.bulk} aria-label={t('kit.table.bulkBar')}>
      <span data-figures role="status">
        {count === total ? t('kit.table.allSelected', words) : t('kit.table.selectedOf', words)}
      </span>
      {!selection.all && count === loaded && total > loaded && (
        <Button variant="subtle" onClick={() => onSelect(everything())}>
          {t('kit.table.selectMatching', words)}
        </Button>
      )}
      {actions.map((action) => (
        <Button
          key={action.id}
          variant={action.tone === 'danger' ? 'light' : 'default'}
          {...(action.tone === undefined ? {} : { color: action.tone })}
          leftSection={action.icon}
          onClick={() => action.run(selection, onClear)}
        >
          {action.label}
        </Button>
      ))}
      <ActionIcon aria-label={t('kit.table.clearSelection')} onClick={onClear}>
        <X size="1rem" aria-hidden />
      </ActionIcon>
    </section>
  );
}
