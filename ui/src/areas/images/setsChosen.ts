/** Articles chosen in the list with all their pictures, loaded or not. */
import { unwrap } from '../../data/fault';
import type { Commands, ImageSetPage, ImageSetRow, ListFilter } from '../../host';
import { isSelected } from '../../kit/table/selection';
import type { Selection } from '../../kit/table/types';

/** Most rows a page of a list can carry. */
const PAGE_ROWS_MAX = 500;

export async function setsChosen(
  commands: Pick<Commands, 'imageSets'>,
  selection: Selection,
  filter: ListFilter,
): Promise<ImageSetRow[]> {
  const sets: ImageSetRow[] = [];
  let cursor: string | null = null;
  do {
    const page: ImageSetPage = unwrap(await commands.imageSets({ filter, sort: null, cursor, limit: PAGE_ROWS_MAX }));
    sets.push(...page.rows.filter(({ id }) => isSelected(selection, id)));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return sets;
}
