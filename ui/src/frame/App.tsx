/** The whole window over one host: theme, clock, cache, router. */
import type { MantineColorSchemeManager } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { HostProvider } from '../data/host';
import type { Host } from '../host';
import { ClockProvider } from '../kit/clock';
import { ThemeProvider } from '../theme/ThemeProvider';
import { PreferencesProvider } from './preferences';
import type { newRouter } from './router';

type Props = {
  host: Host;
  cache: QueryClient;
  router: ReturnType<typeof newRouter>;
  colorScheme: MantineColorSchemeManager;
  readClock: () => Date;
};

export function App({ host, cache, router, colorScheme, readClock }: Props) {
  return (
    <ThemeProvider colorScheme={colorScheme}>
      <ClockProvider read={readClock}>
        <HostProvider host={host}>
          <QueryClientProvider client={cache}>
            <PreferencesProvider>
              <RouterProvider router={router} />
            </PreferencesProvider>
          </QueryClientProvider>
        </HostProvider>
      </ClockProvider>
    </ThemeProvider>
  );
}
