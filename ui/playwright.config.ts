import { defineConfig } from '@playwright/test';

const PORT = 1421;

// The built app and the gallery of the kit, served with the walls the desktop shell sets up, in the system's Chromium.
export default defineConfig({
  testDir: 'tests/pages',
  outputDir: 'test-results/run',
  fullyParallel: true,
  workers: 2,
  reporter: [['list']],
  // A page is looked through for accessibility faults in seconds or in a minute, by what else the machine does; these
  // limits only end what hangs.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    launchOptions: {
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    },
  },
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${PORT} --outDir test-results/site`,
    url: `http://127.0.0.1:${PORT}`,
    reuseExistingServer: false,
  },
});
