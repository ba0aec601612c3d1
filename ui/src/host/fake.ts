/** A host that lives in memory, for browsers and tests. Its data may be replaced, its commands made to fail. */
import type { ChangedEvent, Commands, Fault, Popup, ProgressView, Result, WritingView } from './contract';
import { fakeCommands } from './fake/commands';
import { emptyData, type FakeData } from './fake/data';
import { editThere } from './fake/following';
import { interruptedData } from './fake/interrupted';
import { largeData, sampleData } from './fake/seed';
import { pastData, retiredData } from './fake/seedPast';
import { newWorld } from './fake/world';
import type { Host } from './index';

export type FakeHost = Host & {
  data: FakeData;
  /** Makes a command answer with a fault from now on, or work again. */
  failWith(command: keyof Commands, fault: Fault | null): void;
  /** Tells the listeners that data changed. */
  emitChanged(change: Omit<ChangedEvent, 'seq'>): void;
  emitProgress(progress: ProgressView): void;
  emitWriting(writing: WritingView): void;
  emitPopup(popup: Popup): void;
  emitSummoned(notice: string | null): void;
  dropFiles(paths: string[]): void;
  /** What was opened outside, for tests. */
  opened: string[];
};

/** What the dialog for a provider's usage file answers. */
const USAGE_FILE = '/home/you/Downloads/usage_by_request.csv';

type Options = {
  now?: () => Date;
  /** Length of one step of background work, milliseconds. */
  paceMs?: number;
};

export function fakeHost(data: FakeData = emptyData(), { now = () => new Date(), paceMs = 0 }: Options = {}): FakeHost {
  const changed = new Set<(change: ChangedEvent) => void>();
  const progress = new Set<(progress: ProgressView) => void>();
  const writings = new Set<(writing: WritingView) => void>();
  const popups = new Set<(popup: Popup) => void>();
  const summons = new Set<(notice: string | null) => void>();
  const drops = new Set<(paths: string[]) => void>();
  const faults = new Map<string, Fault>();
  const opened: string[] = [];
  const world = newWorld({
    data,
    now,
    paceMs,
    onChanged: (change) => tell(changed, change),
    onProgress: (report) => tell(progress, report),
    onWriting: (writing) => tell(writings, writing),
  });
  return {
    data,
    opened,
    commands: failable(fakeCommands(world), faults),
    onChanged: (listener) => subscribe(changed, listener),
    onProgress: (listener) => subscribe(progress, listener),
    onWriting: (listener) => subscribe(writings, listener),
    onPopup: (listener) => subscribe(popups, listener),
    onSummoned: (listener) => subscribe(summons, listener),
    onFilesDropped: (listener) => subscribe(drops, listener),
    // Keyword files may have several endings, a provider's usage file has one.
    pickFiles: async (_title, [kind]) => (kind?.extensions.length === 1 ? [USAGE_FILE] : data.picked),
    pickFolder: async () => '/home/you/Articles',
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
    emitChanged: (change) => tell(changed, { seq: 0, ...change }),
    emitProgress: (report) => tell(progress, report),
    emitWriting: (writing) => tell(writings, writing),
    emitPopup: (popup) => tell(popups, popup),
    emitSummoned: (notice) => tell(summons, notice),
    dropFiles: (paths) => tell(drops, paths),
  };
}

/** Steps of background work in a browser: slow enough to watch. */
const WATCHABLE_MS = 150;
/** Where files dropped on a browser window are looked up. */
const DROP_FOLDER = '/home/you/Downloads';

/**
 * The host of a browser window, by its address: `?data=` names the contents (`empty` for a first start, `large` for a
 * hundred thousand keywords, `past` for a quarter of a year with a provider that bills, `retired` for the same with a writer that has ended, `interrupted` for a start after
 * a crash, two sites at work otherwise), `vault=` the state of the keyring, `pace=` the length of a step of background
 * work, `fail=` a command that fails, `waits=` an article whose delivery waits for its site, `edited=` one that somebody
 * has changed there.
 */
export function browserHost(address: URLSearchParams): FakeHost {
  const data = scenario(address.get('data'));
  data.vault = (address.get('vault') as FakeData['vault'] | null) ?? data.vault;
  const waiting = data.contents.find(({ id }) => id === address.get('waits'));
  const waits = { code: 'unreachable', host: 'fieldnotes.example', note: '', nextTryAt: null };
  if (waiting !== undefined) Object.assign(waiting, { delivery: 'publishing', waits });
  const edited = data.contents.find(({ id }) => id === address.get('edited'));
  if (edited !== undefined) editThere(data, edited);
  const host = fakeHost(data, { paceMs: Number(address.get('pace') ?? WATCHABLE_MS) });
  const failing = address.get('fail') as keyof Commands | null;
  if (failing !== null) host.failWith(failing, { code: 'Internal', detail: { incident: '7f3a-0001' } });
  window.addEventListener('dragover', (event) => event.preventDefault());
  window.addEventListener('drop', (event) => {
    event.preventDefault();
    const names = [...(event.dataTransfer?.files ?? [])].map(({ name }) => `${DROP_FOLDER}/${name}`);
    if (names.length > 0) host.dropFiles(names);
  });
  return host;
}

function scenario(name: string | null): FakeData {
  switch (name) {
    case 'empty':
      return emptyData();
    case 'large':
      return largeData();
    case 'interrupted':
      return interruptedData();
    case 'past':
      return pastData();
    case 'retired':
      return retiredData();
    default:
      return sampleData();
  }
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
