/** The host of the desktop window: generated commands and events, and the shell's dialogs. */
import { convertFileSrc } from '@tauri-apps/api/core';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { open } from '@tauri-apps/plugin-dialog';
import { openUrl, revealItemInDir } from '@tauri-apps/plugin-opener';
import { type ChangedEvent, commands, events, type Popup, type ProgressView, type WritingView } from '../bindings';
import type { Host, Unlisten } from './index';

/** Prefix of picture addresses in the data. */
const MEDIA = 'media:';

export async function tauriHost(): Promise<Host> {
  const workspace = await commands.workspace();
  const mediaDir = workspace.status === 'ok' ? `${workspace.data.dataDir}/media` : null;
  return {
    commands,
    onChanged: shared<ChangedEvent>((tell) => events.changed.listen(({ payload }) => tell(payload))),
    onProgress: shared<ProgressView>((tell) => events.progress.listen(({ payload }) => tell(payload))),
    onWriting: shared<WritingView>((tell) => events.writing.listen(({ payload }) => tell(payload))),
    onPopup: shared<Popup>((tell) => events.popup.listen(({ payload }) => tell(payload))),
    onSummoned: shared<string | null>((tell) => events.summoned.listen(({ payload }) => tell(payload.notice))),
    onFilesDropped: shared<string[]>((tell) =>
      getCurrentWebview().onDragDropEvent(({ payload }) => {
        if (payload.type === 'drop') tell(payload.paths);
      }),
    ),
    pickFiles: async (title, kinds) => (await open({ title, filters: kinds, multiple: true, directory: false })) ?? [],
    pickFolder: (title) => open({ title, multiple: false, directory: true }),
    openExternal: openUrl,
    revealPath: revealItemInDir,
    // Without a data folder there are no pictures either; the page shows the fault of its own query.
    mediaUrl: (media) => (mediaDir === null ? '' : convertFileSrc(`${mediaDir}/${media.replace(MEDIA, '')}`)),
  };
}

/**
 * One subscription for the life of the window, shared by all listeners of the pages. A subscription per listener would
 * be ended while events for it are still on their way, and the shell complains about each of those.
 */
function shared<T>(subscribe: (tell: (payload: T) => void) => Promise<Unlisten>) {
  const listeners = new Set<(payload: T) => void>();
  void subscribe((payload) => {
    for (const listener of listeners) listener(payload);
  });
  return (listener: (payload: T) => void): Unlisten => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
}
