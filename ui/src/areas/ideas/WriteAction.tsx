/**
 * The primary button of the ideas: queues all new ones and writes everything that is queued. Only what is queued has a
 * price, so new ideas are priced like those in the queue, and the exact price is asked about once they stand there.
 */
import i18next from 'i18next';
import { useAct, useCommand } from '../../data/command';
import { NO_FILTER } from '../../data/list';
import { tell } from '../../data/problems';
import type { Scope } from '../../data/scope';
import { useIsStopped } from '../../data/spending';
import { useEstimate } from '../../data/work';
import type { ListFilter, OperationRequest } from '../../host';
import { PricedButton } from '../../kit/PricedButton';
import { PrimaryAction } from '../../kit/PrimaryAction';
import { WorkAction } from '../../parts/WorkAction';
import { verbWords } from '../../parts/workWords';
import { priceOf } from './writePrice';

/** Most tasks of one sector that the button takes at once; a whole site has no such limit. */
const SECTOR_TASKS_MAX = 500;

type Props = {
  siteId: string;
  sector: Scope['sector'];
  /** Called with what is to be written, before anything is paid. */
  onAsk: (request: OperationRequest) => void;
  onStarted: (id: string) => void;
};

export function WriteAction({ siteId, sector, onAsk, onStarted }: Props) {
  const sectorId = sector?.id ?? null;
  const fresh: ListFilter = { ...NO_FILTER, siteId, sectorId, status: ['new'], isDisabled: false };
  const unqueued = useCommand('ideas', [{ filter: fresh, sort: null, cursor: null, limit: 1 }]).data?.total;
  const request = useQueued(siteId, sectorId);
  const isNothingQueued = request !== null && request.ids.length === 0 && sector !== null;
  const priced = useEstimate(isNothingQueued ? null : request);
  const queue = useAct('ideasQueue');
  const isStopped = useIsStopped();
  if (unqueued === undefined || request === null) return null;
  if (unqueued === 0) return isNothingQueued ? null : <WorkAction request={request} onStarted={onStarted} />;
  const isWaiting = priced.estimate === null && priced.fault === null && !isNothingQueued;
  if (isWaiting) return null;
  const { estimate } = priced;
  const items = unqueued + (estimate?.items ?? 0);
  const press = () =>
    queue.mutate([{ kind: 'matching', filter: fresh, except: [] }], {
      onSuccess: ({ ids }) => onAsk({ ...request, ids: sector === null ? [] : [...request.ids, ...ids] }),
      onError: tell,
    });
  const blocked = isStopped ? i18next.t('faults.spendingStopped') : undefined;
  const label = verbWords('generate_content', items);
  // Without a price the press only queues, which is free, and the question that follows names it.
  if (estimate === null)
    return <PrimaryAction label={label} busy={queue.isPending} blocked={blocked} onPress={press} />;
  return (
    <PricedButton
      variant="filled"
      label={label}
      price={priceOf(estimate, items)}
      busy={queue.isPending}
      blocked={blocked}
      onPress={press}
    />
  );
}

/** What is queued where the window looks: a whole site, or the tasks of one sector. Null until known. */
function useQueued(siteId: string, sectorId: string | null): OperationRequest | null {
  const filter: ListFilter = { ...NO_FILTER, siteId, sectorId, status: ['queued'] };
  const query = { filter, sort: null, cursor: null, limit: SECTOR_TASKS_MAX };
  const { data } = useCommand('tasks', [query], { enabled: sectorId !== null });
  if (sectorId === null) return { function: 'generate_content', siteId, ids: [] };
  return data === undefined ? null : { function: 'generate_content', siteId, ids: data.rows.map(({ id }) => id) };
}
