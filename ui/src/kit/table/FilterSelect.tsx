/** One filter: "All …" first, then what the data holds, each with its count. */
import { Group, Select, Text } from '@mantine/core';
import { formatCount } from '../format';
import classes from './table.module.css';
import type { Filter } from './types';

/** The option that takes the filter away; no value of the data can be equal to it. */
const ALL = '\u0000all';

type Props = { filter: Filter; value: string | null; onChange: (value: string | null) => void };

export function FilterSelect({ filter, value, onChange }: Props) {
  const counts = new Map(filter.options.map((option) => [option.value, option.count]));
  return (
    <Select
      className={classes.filter ?? ''}
      aria-label={filter.label}
      allowDeselect={false}
      searchable={filter.options.length > 12}
      data={[{ value: ALL, label: filter.allLabel }, ...filter.options.map(({ value, label }) => ({ value, label }))]}
      value={value ?? ALL}
      onChange={(next) => onChange(next === ALL ? null : next)}
      comboboxProps={{ width: 'max-content', position: 'bottom-start', shadow: 'md' }}
      renderOption={({ option }) => (
        <Group justify="space-between" gap="lg" wrap="nowrap" flex={1}>
          {option.label}
          <Text span size="xs" c="dimmed" data-figures>
            {formatOptional(counts.get(option.value))}
          </Text>
        </Group>
      )}
    />
  );
}

function formatOptional(count: number | undefined): string {
  return count === undefined ? '' : formatCount(count);
}
