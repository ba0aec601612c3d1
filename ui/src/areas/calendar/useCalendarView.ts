/** What the calendar shows, kept in the address: the view in `tab`, the day in `day`, the filters in `f`. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { CalendarQuery } from '../../host';
import { instantsOf, step, VIEWS, type ViewName } from './plan';

/** Filters that can hold several words, each joined by commas. */
export type CalendarFilters = { site: string[]; state: string[]; type: string[] };
type FilterName = keyof CalendarFilters;

export type CalendarView = {
  name: ViewName;
  /** A day of the period that is shown. */
  day: string;
  filters: CalendarFilters;
  isFiltered: boolean;
  query: CalendarQuery;
  show: (name: ViewName) => void;
  goTo: (day: string) => void;
  turn: (periods: number) => void;
  filter: (name: FilterName, words: string[]) => void;
  clear: () => void;
};

/** `today` is shown until another day is chosen. */
export function useCalendarView(today: string): CalendarView {
  const { tab, day = today, f } = useSearch({ strict: false });
  const navigate = useNavigate();
  const name = VIEWS.find((view) => view === tab) ?? 'month';
  return useMemo(() => {
    const set = (change: Record<string, unknown>) =>
      void navigate({ to: '.', replace: true, search: (previous) => ({ ...previous, ...change }) });
    const filters = { site: words(f?.site), state: words(f?.state), type: words(f?.type) };
    const goTo = (chosen: string) => set({ day: chosen === today ? undefined : chosen });
    return {
      name,
      day,
      filters,
      isFiltered: Object.values(filters).some(({ length }) => length > 0),
      query: {
        siteIds: filters.site,
        states: filters.state,
        contentTypes: filters.type,
        ...instantsOf(name, day),
      },
      show: (view: ViewName) => set({ tab: view === 'month' ? undefined : view }),
      goTo,
      turn: (periods: number) => goTo(step(name, day, periods)),
      filter: (which: FilterName, chosen: string[]) => {
        const { [which]: _former, ...others } = f ?? {};
        const next = chosen.length === 0 ? others : { ...others, [which]: chosen.join(',') };
        set({ f: Object.keys(next).length === 0 ? undefined : next });
      },
      clear: () => set({ f: undefined }),
    };
  }, [name, day, today, f, navigate]);
}

function words(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(',').filter((word) => word !== '');
}
