/** A host that lives in memory, for browsers and tests. Its data may be replaced, its commands made to fail or wait. */
import type { ChangedEvent, Commands, Fault, ProgressView, Result } from './contract';
import { emptyData, type FakeData, sampleData } from './fake/data';
import { fakeCommands } from './fake/commands';
import type { Host } from './index';

export type FakeHost = Host & {
  data: FakeData;
  /** Makes a command answer with a fault from now on, or work again. */
  failWith(command: keyof Commands, fault: Fault | null): void;
  /** Tells the listeners that data changed. */
  emitChanged(change: ChangedEvent): void;
  emitProgress(progress: ProgressView): void;
  dropFiles(paths: string[]): void;
  /** What was opened outside, for tests. */
  opened: string[];
};

export function fakeHost(data: FakeData = emptyData()): FakeHost {
  const changed = new Set<(change: ChangedEvent) => void>();
  const progress = new Set<(progress: ProgressView) => void>();
  const drops = new Set<(paths: string[]) => void>();
  const faults = new Map<string, Fault>();
  const opened: string[] = [];
  return {
    data,
    opened,
    commands: failable(fakeCommands(data), faults),
    onChanged: (listener) => subscribe(changed, listener),
    onProgress: (listener) => subscribe(progress, listener),
    onFilesDropped: (listener) => subscribe(drops, listener),
    pickFiles: async () => [],
    pickFolder: async () => null,
    openExternal: async (url) => {
      opened.push(url);
    },
    revealPath: async (path) => {
      opened.push(path);
    },
    mediaUrl: (media) => data.pictures[media] ?? '',
    failWith: (command, fault) => {
      if (fault === null) faults.delete(command);
      else faults.set(command, fault);
    },
    emitChanged: (change) => tell(changed, change),
    emitProgress: (report) => tell(progress, report),
    dropFiles: (paths) => tell(drops, paths),
  };
}

/** The data of a browser window: `?data=empty` for a first start, two sites at work otherwise. */
export function fakeScenario(name: string | null): FakeData {
  return name === 'empty' ? emptyData() : sampleData();
}

type AnyCommand = (...args: never[]) => Promise<Result<unknown>>;

function failable(commands: Commands, faults: ReadonlyMap<string, Fault>): Commands {
  const entries = Object.entries(commands as Record<string, AnyCommand>).map(([name, command]) => {
    const guarded: AnyCommand = async (...args) => {
      const fault = faults.get(name);
      return fault === undefined ? command(...args) : { status: 'error', error: fault };
    };
    return [name, guarded] as const;
  });
  return Object.fromEntries(entries) as Commands;
}

function subscribe<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell<T>(listeners: ReadonlySet<(value: T) => void>, value: T): void {
  for (const listener of listeners) listener(value);
}
