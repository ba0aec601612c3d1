/** Starts the window: words, host, cache, and the first render. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followChanges, newCache } from './data/cache';
import { App } from './frame/App';
import { freezePrototype } from './frame/frozenPrototype';
import { newRouter } from './frame/router';
import { openHost } from './host';
import { startMessages } from './messages/i18n';
import { memoryColorScheme } from './theme/colorScheme';

async function start(root: HTMLElement): Promise<void> {
  startMessages();
  const host = await openHost();
  const cache = newCache();
  followChanges(host, cache);
  // The first picture is in the user's theme already.
  const appearance = await host.commands.appearance();
  if (appearance.status === 'ok') cache.setQueryData(['appearance'], appearance.data);
  const scheme = appearance.status === 'ok' ? appearance.data.colorScheme : 'auto';
  createRoot(root).render(
    <StrictMode>
      <App
        host={host}
        cache={cache}
        router={newRouter()}
        colorScheme={memoryColorScheme(scheme)}
        readClock={() => new Date()}
      />
    </StrictMode>,
  );
}

freezePrototype(Object.prototype);
const root = document.getElementById('root');
if (root !== null) void start(root);
