/** What a page says about its list; the table template does the rest. Nothing here knows what the rows are about. */
import type { ReactNode } from 'react';
import type { Problem } from '../ErrorState';
import type { Tone } from '../tone';

export type Status = { tone: Tone; label: string; busy?: boolean; paused?: boolean };

type ColumnBase = {
  /** Stable name; also the sort key that is sent to the host. */
  id: string;
  header: string;
  /** Explanation on hover of the header. */
  hint?: string;
  /** Width in steps of the 4-pixel grid; a column without one shares what is left, times and states know their own. */
  width?: number;
  /** Least width of a column that shares what is left, in the same steps. */
  least?: number;
  /**
   * When it goes where the room is short: words that describe go before figures and times, money goes late, states
   * never; `first` and `last` overrule that. It stays on offer in the column chooser.
   */
  yields?: 'first' | 'last' | 'never';
  sortable?: boolean;
  /** Not shown until chosen in the column chooser. */
  hiddenAtFirst?: boolean;
  /** Never hidden: the column that names the row. */
  fixed?: boolean;
};

/** A column by the type of its values; the type decides alignment, unit and format. */
export type Column<Row> = ColumnBase &
  (
    | { type: 'text'; value: (row: Row) => string | null }
    | { type: 'number'; value: (row: Row) => number | null; unit?: string }
    | { type: 'credits'; value: (row: Row) => string | null }
    | { type: 'money'; value: (row: Row) => string | null; currency?: string }
    | { type: 'time'; value: (row: Row) => string | null; zone?: (row: Row) => string }
    | { type: 'status'; value: (row: Row) => Status }
    | { type: 'custom'; align?: 'start' | 'end'; cell: (row: Row) => ReactNode }
  );

/** A select above the list. Its options come from the data that the other filters leave. */
export type Filter = {
  id: string;
  /** "Status". */
  label: string;
  /** "All statuses". */
  allLabel: string;
  options: readonly FilterOption[];
};

export type FilterOption = { value: string; label: string; count?: number };

export type Sort = { column: string; descending: boolean };

/** What the list shows, apart from its rows; a page keeps it in its address (`useListView`). */
export type ListView = {
  search: string;
  filters: Readonly<Record<string, string>>;
  sort: Sort | null;
};

/** Where rows come from; `useList` in `data/` makes one out of a paged command. */
export type ListSource<Row> = {
  rows: readonly Row[];
  /** Rows that match, loaded or not; null until known. */
  total: number | null;
  phase: 'loading' | 'ready' | 'failed';
  /** Rows on show are being fetched again. */
  refreshing: boolean;
  hasMore: boolean;
  loadMore: () => void;
  problem: Problem | null;
  retry: () => void;
};

/** An act on one row, in its menu; `shortcut` names the act that a key triggers. */
export type RowAction<Row> = {
  id: string;
  label: string;
  icon?: ReactNode;
  tone?: 'danger';
  /** Shown as an icon when the pointer is on the row, besides standing in the menu. */
  quick?: boolean;
  /** Opens with Enter, edits with E. */
  shortcut?: 'open' | 'edit';
  /** A letter that runs it on the row at hand. */
  letter?: string;
  /** Whether this row offers it. */
  applies?: (row: Row) => boolean;
  run: (row: Row) => void;
};

/** An act on the selection. */
export type BulkAction = {
  id: string;
  label: string;
  icon?: ReactNode;
  tone?: 'danger';
  /** `clear` takes the choice back, once the act has been done with it. */
  run: (selection: Selection, clear: () => void) => void;
};

/** Which rows are chosen: these, or all that match the view except these. */
export type Selection = { all: false; ids: ReadonlySet<string> } | { all: true; except: ReadonlySet<string> };
