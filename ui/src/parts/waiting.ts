/** What of an article's way waits for AI work, or failed in it, where the window looks: a whole site, or one sector of it. */
import { useCommand } from '../data/command';
import { NO_FILTER } from '../data/list';
import type { Scope } from '../data/scope';
import type { ListFilter, ListQuery, OperationRequest } from '../host';

type WritingFunction = 'generate_content' | 'generate_image_prompts' | 'generate_images';

/** Which rows wait for a function. The host knows this of a whole site; of one sector it is told. */
const WAITING = {
  generate_content: { list: 'tasks', status: ['queued'] },
  generate_image_prompts: { list: 'contents', status: ['draft'] },
  generate_images: { list: 'imageSets', status: ['pending'] },
} as const;

/** Functions whose items remember that they failed. */
export type FailingFunction = 'generate_content' | 'generate_images';

/** A request for everything that failed; null while that is not known, and when nothing failed in the sector. */
export function useFailedWork(
  fn: FailingFunction,
  { site, sector }: Pick<Scope, 'site' | 'sector'>,
): OperationRequest | null {
  const [siteId, sectorId] = [site?.id ?? null, sector?.id ?? null];
  const filter: ListFilter = { ...NO_FILTER, siteId, sectorId, status: ['failed'] };
  const query: ListQuery = { filter, sort: null, cursor: null, limit: WAITING_MAX };
  const { data } = useCommand(WAITING[fn].list, [query], { enabled: siteId !== null && sectorId !== null });
  if (siteId === null) return null;
  if (sectorId === null) return { function: fn, siteId, ids: [], retry: true };
  const ids = (data?.rows ?? []).flatMap((row) =>
    'images' in row ? row.images.filter(({ status }) => status === 'failed').map(({ id }) => id) : [row.id],
  );
  return ids.length === 0 ? null : { function: fn, siteId, ids, retry: true };
}

/** Most items of one sector that a button takes at once; a whole site has no such limit. */
const WAITING_MAX = 500;

/** A request for everything that waits; null while that is not known, and when nothing waits in the sector. */
export function useWaitingWork(
  fn: WritingFunction,
  { site, sector }: Pick<Scope, 'site' | 'sector'>,
): OperationRequest | null {
  const [siteId, sectorId] = [site?.id ?? null, sector?.id ?? null];
  const { list, status } = WAITING[fn];
  const filter: ListFilter = { ...NO_FILTER, siteId, sectorId, status: [...status] };
  const query: ListQuery = { filter, sort: null, cursor: null, limit: WAITING_MAX };
  const { data } = useCommand(list, [query], { enabled: siteId !== null && sectorId !== null });
  if (siteId === null) return null;
  if (sectorId === null) return { function: fn, siteId, ids: [] };
  const ids = (data?.rows ?? []).filter(isUndescribed).map(({ id }) => id);
  return ids.length === 0 ? null : { function: fn, siteId, ids };

  /** Drafts wait for a description of their images until they have one. */
  function isUndescribed(row: object): boolean {
    return fn !== 'generate_image_prompts' || !('imagesTotal' in row) || row.imagesTotal === 0;
  }
}
