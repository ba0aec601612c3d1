/** Above the calendar: which period it shows, how, and what of. */
import { ActionIcon, Button, Menu, SegmentedControl } from '@mantine/core';
import { ChevronDown, ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { wordOf } from '../../data/status';
import type { SiteView } from '../../host';
import { formatDate, formatDay, formatMonth, zoneCity } from '../../kit/format';
import { Hint } from '../../kit/Hint';
import classes from './calendar.module.css';
import { periodOf, plusDays, VIEWS, type ViewName } from './plan';
import type { CalendarView } from './useCalendarView';

const STATES = ['review', 'unscheduled', 'scheduled', 'awaiting_proof', 'publishing', 'published', 'failed', 'missed'];
const TYPES = ['post', 'page', 'product', 'taxonomy'];

type Props = { view: CalendarView; sites: readonly SiteView[]; zones: readonly string[]; today: string };

export function CalendarBar({ view, sites, zones, today }: Props) {
  const { t } = useTranslation();
  const { filters, filter } = view;
  return (
    <div className={classes.bar}>
      <div className={classes.period}>
        <Button variant="default" onClick={() => view.goTo(today)}>
          {t('calendar.today')}
        </Button>
        <ActionIcon aria-label={t(`calendar.previous.${view.name}`)} onClick={() => view.turn(-1)}>
          <ChevronLeft size="1rem" aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={t(`calendar.next.${view.name}`)} onClick={() => view.turn(1)}>
          <ChevronRight size="1rem" aria-hidden />
        </ActionIcon>
        <h2 className={classes.title} aria-live="polite">
          {titleOf(view.name, view.day)}
        </h2>
        {zones.length > 0 && (
          <span className={classes.hint}>{t('calendar.zones', { cities: zones.map(zoneCity).join(', ') })}</span>
        )}
      </div>
      <div className={classes.period}>
        {sites.length > 1 && (
          <WordsFilter
            label={t('calendar.filter.site')}
            options={sites.map(({ id, name }) => ({ value: id, label: name }))}
            chosen={filters.site}
            onChange={(words) => filter('site', words)}
          />
        )}
        <WordsFilter
          label={t('calendar.filter.state')}
          options={STATES.map((value) => ({ value, label: wordOf('calendar', value) }))}
          chosen={filters.state}
          onChange={(words) => filter('state', words)}
        />
        <WordsFilter
          label={t('calendar.filter.type')}
          options={TYPES.map((value) => ({ value, label: wordOf('contentType', value) }))}
          chosen={filters.type}
          onChange={(words) => filter('type', words)}
        />
        {view.isFiltered && (
          <Button variant="subtle" color="gray" onClick={view.clear}>
            {t('kit.table.clearFilters')}
          </Button>
        )}
        <SegmentedControl
          aria-label={t('calendar.view.label')}
          data={VIEWS.map((value) => ({ value, label: t(`calendar.view.${value}`) }))}
          value={view.name}
          onChange={(name) => view.show(name as ViewName)}
        />
      </div>
    </div>
  );
}

type FilterProps = {
  label: string;
  options: readonly { value: string; label: string }[];
  chosen: string[];
  onChange: (words: string[]) => void;
};

/** Several words at once; none means all. */
function WordsFilter({ label, options, chosen, onChange }: FilterProps) {
  const { t } = useTranslation();
  const names = options.filter(({ value }) => chosen.includes(value)).map((option) => option.label);
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Hint label={names.join(', ')}>
        <Menu.Target>
          <Button
            variant={chosen.length > 0 ? 'light' : 'default'}
            rightSection={<ChevronDown size="1rem" aria-hidden />}
          >
            {chosen.length === 0 ? label : t('calendar.filter.some', { label, count: chosen.length })}
          </Button>
        </Menu.Target>
      </Hint>
      <Menu.Dropdown>
        <Menu.CheckboxGroup value={chosen} onChange={onChange}>
          {options.map((option) => (
            <Menu.CheckboxItem key={option.value} value={option.value}>
              {option.label}
            </Menu.CheckboxItem>
          ))}
        </Menu.CheckboxGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

function titleOf(view: ViewName, day: string): string {
  if (view !== 'week') return formatMonth(day.slice(0, 7));
  const { from, until } = periodOf(view, day);
  return `${formatDay(from)} – ${formatDate(plusDays(until, -1))}`;
}
