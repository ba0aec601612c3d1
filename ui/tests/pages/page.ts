/** A page under watch: whatever it writes to the console fails the test, and so does a breach of the content policy. */
import { test as base, expect } from '@playwright/test';

export const SCHEMES = ['light', 'dark'] as const;

export const test = base.extend<{ silence: undefined }>({
  silence: [
    async ({ page }, use) => {
      const messages: string[] = [];
      page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => messages.push(`uncaught: ${error.message}`));
      await use(undefined);
      expect(messages, 'the console stays silent').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
