/** What is filtered now, each with a way to take it back. Nothing when nothing is. */
import { Button, Pill } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './table.module.css';
import type { Filter, ListView } from './types';

type Props = { view: ListView; filters: readonly Filter[]; onViewChange: (view: ListView) => void };

export function FilterChips({ view, filters, onViewChange }: Props) {
  const { t } = useTranslation();
  const active = filters.filter((filter) => view.filters[filter.id] !== undefined);
  if (active.length === 0) return null;
  const remove = (id: string) => {
    const { [id]: _removed, ...filters } = view.filters;
    onViewChange({ ...view, filters });
  };
  return (
    <div className={classes.chips}>
      {active.map((filter) => (
        <Pill
          key={filter.id}
          withRemoveButton
          onRemove={() => remove(filter.id)}
          removeButtonProps={{
            'aria-label': t('kit.table.removeFilter', { filter: filter.label }),
            'aria-hidden': false,
            tabIndex: 0,
          }}
        >
          {filter.label}: {valueLabel(filter, view)}
        </Pill>
      ))}
      <Button variant="subtle" color="gray" size="compact-xs" onClick={() => onViewChange({ ...view, filters: {} })}>
        {t('kit.table.clearFilters')}
      </Button>
    </div>
  );
}

function valueLabel(filter: Filter, view: ListView): string | undefined {
  const value = view.filters[filter.id];
  return filter.options.find((option) => option.value === value)?.label ?? value;
}
