/** What the commands in memory work on: the data, a clock, ids, a pace for background work, and the three events. */
import type {
  ChangedEvent,
  Fault,
  NotificationRow,
  ProgressView,
  Result,
  Topic,
  TransactionRow,
  WritingView,
} from '../contract';
import type { Supplier } from './consumption';
import type { FakeData } from './data';

export type World = {
  data: FakeData;
  now: () => Date;
  /** A new id. */
  id: () => string;
  /** Answers a command of this key as the first of it was answered. One that failed may be sent again. */
  once: <T>(key: string, work: () => Promise<Result<T>>) => Promise<Result<T>>;
  /** Tells the listeners, a moment after the change, what it touched. */
  touch: (...topics: Topic[]) => void;
  progress: (report: ProgressView) => void;
  writing: (writing: WritingView) => void;
  /** One step of background work. */
  pace: () => Promise<void>;
};

/** Changes within this time are told together. */
const COALESCE_MS = 20;
/** Ids of new records start here, above those of any seed. */
const FIRST_ID = 100_000;
const HOUR_MS = 3_600_000;

type Options = {
  data: FakeData;
  now: () => Date;
  /** Length of one step of background work, milliseconds. */
  paceMs: number;
  onChanged: (change: ChangedEvent) => void;
  onProgress: (report: ProgressView) => void;
  onWriting: (writing: WritingView) => void;
};

export function newWorld({ data, now, paceMs, onChanged, onProgress, onWriting }: Options): World {
  let nextId = FIRST_ID;
  let seq = 0;
  let pending: Set<Topic> | null = null;
  const carried = new Map<string, Promise<Result<unknown>>>();
  const flush = () => {
    const topics = [...(pending ?? [])];
    pending = null;
    seq += 1;
    onChanged({ seq, topics, lagged: false });
  };
  return {
    data,
    now,
    id: () => {
      nextId += 1;
      return String(nextId);
    },
    once: async <T>(key: string, work: () => Promise<Result<T>>) => {
      const first = carried.get(key) ?? work();
      carried.set(key, first);
      const answer = (await first) as Result<T>;
      if (answer.status === 'error') carried.delete(key);
      return answer;
    },
    touch: (...topics) => {
      if (pending === null) {
        pending = new Set();
        setTimeout(flush, COALESCE_MS);
      }
      for (const topic of topics) pending.add(topic);
    },
    progress: onProgress,
    writing: onWriting,
    pace: () => new Promise((resolve) => setTimeout(resolve, paceMs)),
  };
}

/** Who does the work. */
export function supplierOf({ isBilled }: FakeData): Supplier {
  return isBilled ? 'openai' : 'builtin';
}

export function ok<T>(data: T): Result<T> {
  return { status: 'ok', data };
}

export function fail(error: Fault): { status: 'error'; error: Fault } {
  return { status: 'error', error };
}

export function missing(what: string): { status: 'error'; error: Fault } {
  return fail({ code: 'NotFound', detail: { what } });
}

/** The record with this id, unless it was removed. */
export function find<Record extends { id: string; removed?: boolean }>(
  records: readonly Record[],
  id: string | null,
): Record | undefined {
  return records.find((record) => record.id === id && record.removed !== true);
}

export function live<Record extends { removed?: boolean }>(records: readonly Record[]): Record[] {
  return records.filter((record) => record.removed !== true);
}

/** An amount as the host writes it: a decimal string of at most nine digits after the point. */
export function decimal(amount: number): string {
  return String(Number(amount.toFixed(9)));
}

/** Credits that can be spent now. */
export function available({ data }: World): number {
  return data.transactions.reduce((sum, { amount }) => sum + Number(amount), 0) - data.held;
}

/** A line of the statement; `amount` is negative for what is charged. */
export function post(
  world: World,
  line: Pick<TransactionRow, 'transactionType' | 'operationType' | 'operationId' | 'memo'>,
  amount: number,
): void {
  const balance = world.data.transactions.reduce((sum, row) => sum + Number(row.amount), 0) + amount;
  world.data.transactions.push({
    ...line,
    id: world.id(),
    amount: decimal(amount),
    balanceAfter: decimal(balance),
    at: world.now().toISOString(),
  });
  world.touch('credits');
}

/** A new notice. */
export function notify(
  world: World,
  notice: Pick<NotificationRow, 'notificationType' | 'severity' | 'siteId'> & Partial<NotificationRow>,
): void {
  world.data.notifications.push({
    params: [],
    operationId: null,
    relatedType: '',
    relatedId: null,
    isRead: false,
    ...notice,
    id: world.id(),
    createdAt: world.now().toISOString(),
  });
  world.touch('notifications');
}

/** An instant before another, as the host writes it. */
export function ago(now: Date, hours: number): string {
  return new Date(now.getTime() - hours * HOUR_MS).toISOString();
}
