/** The host of the desktop window: generated commands and events, and the shell's dialogs. */
import { convertFileSrc } from '@tauri-apps/api/core';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { open } from '@tauri-apps/plugin-dialog';
import { openUrl, revealItemInDir } from '@tauri-apps/plugin-opener';
import { commands, events } from '../bindings';
import type { Host, Unlisten } from './index';

/** Prefix of picture addresses in the data. */
const MEDIA = 'media:';

export async function tauriHost(): Promise<Host> {
  const workspace = await commands.workspace();
  const mediaDir = workspace.status === 'ok' ? `${workspace.data.dataDir}/media` : null;
  return {
    commands,
    onChanged: (listener) => ending(events.changed.listen(({ payload }) => listener(payload))),
    onProgress: (listener) => ending(events.progress.listen(({ payload }) => listener(payload))),
    onFilesDropped: (listener) =>
      ending(
        getCurrentWebview().onDragDropEvent(({ payload }) => {
          if (payload.type === 'drop') listener(payload.paths);
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

/** The shell ends a subscription in a promise; ours end at once, whether the promise has settled or not. */
function ending(subscription: Promise<Unlisten>): Unlisten {
  return () => void subscription.then((stop) => stop());
}
