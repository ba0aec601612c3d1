/**
 * The only door to the outside: commands, events, dialogs and pictures. Everything else in the interface speaks to a
 * `Host`, so that every page also opens in a browser and in tests, over a host that lives in memory.
 */
import type { ChangedEvent, Commands, Popup, ProgressView, WritingView } from './contract';

export type * from './contract';
export { PROVIDES } from './contract';

/** Ends a subscription. */
export type Unlisten = () => void;

/** Files that a dialog offers: a name for people and the endings of file names, without the dot. */
export type FileKind = { name: string; extensions: string[] };

export interface Host {
  commands: Commands;
  /** Called after commits, with the parts of the data they touched. */
  onChanged(listener: (change: ChangedEvent) => void): Unlisten;
  /** Called while an operation runs; reports may be lost. */
  onProgress(listener: (progress: ProgressView) => void): Unlisten;
  /** Called while an article is written, with all of it so far, and once it is written no longer; both may be lost. */
  onWriting(listener: (writing: WritingView) => void): Unlisten;
  /** Called with what the system is to show, once `popupsBegin` was asked; the page puts it into words. */
  onPopup(listener: (popup: Popup) => void): Unlisten;
  /** Called when the user comes from outside the window: with the notice they clicked on, or null for all. */
  onSummoned(listener: (notice: string | null) => void): Unlisten;
  /** Called with the paths of files dropped on the window. */
  onFilesDropped(listener: (paths: string[]) => void): Unlisten;
  /** Paths of the files chosen; none when the dialog was left. */
  pickFiles(title: string, kinds: FileKind[]): Promise<string[]>;
  /** The folder chosen, or null. */
  pickFolder(title: string): Promise<string | null>;
  /** Opens an address in the user's browser. */
  openExternal(url: string): Promise<void>;
  /** Shows a file or folder in the system's file browser. */
  revealPath(path: string): Promise<void>;
  /** An address that `<img>` can load for a `media:<hash>` of the data. */
  mediaUrl(media: string): string;
}

/** The host of this window: the desktop shell where there is one, memory otherwise. */
export async function openHost(): Promise<Host> {
  // The shell puts this object into its pages before their first script.
  if ('__TAURI_INTERNALS__' in window) {
    const { tauriHost } = await import('./tauri');
    return tauriHost();
  }
  const { browserHost } = await import('./fake');
  return browserHost(new URLSearchParams(window.location.search));
}
