/** The router of a window: addresses after `#`, since the page is a file of the app and not a server's. */
import { createHashHistory, createRouter, type RouterHistory } from '@tanstack/react-router';
import { CrashScreen } from './CrashScreen';
import { routeTree } from './routes';

export function newRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({
    routeTree,
    history,
    defaultErrorComponent: CrashScreen,
    // A page shows its own skeleton; the old page must not stand in for it.
    defaultPendingMs: 0,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
