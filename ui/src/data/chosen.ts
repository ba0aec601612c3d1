/** Row choices as lists of ids, for operations: they are given items, and not a rule to find them by. */
import type { Commands, ListFilter, ListQuery, Result } from '../host';
import type { ListView, Selection } from '../kit/table/types';
import { unwrap } from './fault';

/** Most rows a page of a list can carry. */
const PAGE_ROWS_MAX = 500;

type IdPage = { rows: readonly { id: string }[]; nextCursor: string | null };
type PagedList = {
  [Name in keyof Commands]: Commands[Name] extends (query: ListQuery) => Promise<Result<IdPage>> ? Name : never;
}[keyof Commands];

/** Ids of the rows chosen under a filter; "all that match" is read page by page. */
export async function idsChosen(
  commands: Commands,
  list: PagedList,
  selection: Selection,
  filter: ListFilter,
): Promise<string[]> {
  if (!selection.all) return [...selection.ids];
  const ids = await idsMatching(commands, list, filter);
  return ids.filter((id) => !selection.except.has(id));
}

/** Ids of all rows that match, in the order that is asked for. */
export async function idsMatching(
  commands: Commands,
  list: PagedList,
  filter: ListFilter,
  sort: ListView['sort'] = null,
): Promise<string[]> {
  const read = commands[list] as (query: ListQuery) => Promise<Result<IdPage>>;
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: IdPage = unwrap(await read({ filter, sort, cursor, limit: PAGE_ROWS_MAX }));
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}
