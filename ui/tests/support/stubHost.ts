/** A host with just the answers a test gives it; everything else is not there. */
import type { ChangedEvent, Commands, Fault, Host, Popup, ProgressView, Result, WritingView } from '../../src/host';

export type StubHost = Host & {
  change(change: Partial<ChangedEvent>): void;
  report(progress: ProgressView): void;
  write(writing: WritingView): void;
  pop(popup: Popup): void;
  summon(notice: string | null): void;
};

type Answers = { [Name in keyof Commands]?: (...args: Parameters<Commands[Name]>) => unknown };

/** `answers` give the data of a command, or throw its fault. */
export function stubHost(answers: Answers): StubHost {
  const changed = new Set<(change: ChangedEvent) => void>();
  const progress = new Set<(report: ProgressView) => void>();
  const writings = new Set<(writing: WritingView) => void>();
  const popups = new Set<(popup: Popup) => void>();
  const summons = new Set<(notice: string | null) => void>();
  return {
    commands: commandsFrom(answers),
    onChanged: (listener) => subscribed(changed, listener),
    onProgress: (listener) => subscribed(progress, listener),
    onWriting: (listener) => subscribed(writings, listener),
    onPopup: (listener) => subscribed(popups, listener),
    onSummoned: (listener) => subscribed(summons, listener),
    onFilesDropped: () => () => {},
    pickFiles: async () => [],
    pickFolder: async () => null,
    openExternal: async () => {},
    revealPath: async () => {},
    mediaUrl: () => '',
    change: (change) => tell(changed, { seq: 1, topics: [], lagged: false, ...change }),
    report: (report) => tell(progress, report),
    write: (writing) => tell(writings, writing),
    pop: (popup) => tell(popups, popup),
    summon: (notice) => tell(summons, notice),
  };
}

function commandsFrom(answers: Answers): Commands {
  const table = answers as Record<string, ((...args: unknown[]) => unknown) | undefined>;
  return new Proxy({} as Commands, {
    get:
      (_target, name) =>
      async (...args: unknown[]): Promise<Result<unknown>> => {
        const answer = table[String(name)];
        if (answer === undefined)
          return { status: 'error', error: { code: 'NotFound', detail: { what: String(name) } } };
        try {
          return { status: 'ok', data: answer(...args) };
        } catch (fault) {
          return { status: 'error', error: fault as Fault };
        }
      },
  });
}

function subscribed<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell<T>(listeners: ReadonlySet<(value: T) => void>, value: T): void {
  for (const listener of listeners) listener(value);
}
