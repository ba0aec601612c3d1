/** Above a list: search, filters that cascade, what is filtered now, and which columns are shown. */
import { ActionIcon, Checkbox, Popover, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Columns3, Search } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterSelect } from './FilterSelect';
import classes from './table.module.css';
import type { Filter, ListView } from './types';
import type { TableModel } from './useTableModel';

/** Waits for a pause in typing before the list is asked again, milliseconds. */
const SEARCH_PAUSE_MS = 200;

type Props<Row> = {
  view: ListView;
  filters: readonly Filter[];
  searchable: boolean;
  searchRef: RefObject<HTMLInputElement | null>;
  columns: TableModel<Row>['choices'];
  /** Some columns wait for more room; the chooser says so. */
  isTight: boolean;
  onViewChange: (view: ListView) => void;
};

export function Toolbar<Row>({ view, filters, searchable, searchRef, columns, isTight, onViewChange }: Props<Row>) {
  const { t } = useTranslation();
  const setFilter = (id: string, value: string | null) => {
    const { [id]: _previous, ...others } = view.filters;
    onViewChange({ ...view, filters: value === null ? others : { ...others, [id]: value } });
  };
  return (
    <div className={classes.toolbar}>
      {searchable && (
        <SearchField
          inputRef={searchRef}
          value={view.search}
          onSearch={(search) => onViewChange({ ...view, search })}
        />
      )}
      {filters.map((filter) => (
        <FilterSelect
          key={filter.id}
          filter={filter}
          value={view.filters[filter.id] ?? null}
          onChange={(value) => setFilter(filter.id, value)}
        />
      ))}
      <span className={classes.spacer} />
      <Popover position="bottom-end" trapFocus>
        <Popover.Target>
          <Tooltip label={t('kit.table.columns')}>
            <ActionIcon aria-label={t('kit.table.columns')} size="lg">
              <Columns3 size="1rem" aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('kit.table.columns')}>
          <Stack gap="sm">
            {columns.map((column) => (
              <Checkbox key={column.id} label={column.header} checked={column.shown} onChange={column.flip} />
            ))}
            {isTight && (
              <Text size="xs" c="dimmed" maw="14rem">
                {t('kit.table.tight')}
              </Text>
            )}
          </Stack>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

type SearchProps = { inputRef: RefObject<HTMLInputElement | null>; value: string; onSearch: (search: string) => void };

function SearchField({ inputRef, value, onSearch }: SearchProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const search = useDebouncedCallback(onSearch, SEARCH_PAUSE_MS);
  useEffect(() => setText(value), [value]);
  return (
    <TextInput
      ref={inputRef}
      type="search"
      className={classes.search ?? ''}
      aria-label={t('kit.table.searchHint')}
      placeholder={t('kit.table.search')}
      leftSection={<Search size="1rem" aria-hidden />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
