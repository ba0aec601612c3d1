/** Every unit test: the words are loaded, jsdom gets what Mantine asks of a browser, and a console message is a failure. */
import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { startMessages } from '../../src/messages/i18n';

startMessages();

// Finding by role in jsdom is slow on a busy machine; waiting longer costs nothing when it is not.
configure({ asyncUtilTimeout: 10_000 });

const messages: string[] = [];

beforeEach(() => {
  messages.length = 0;
  for (const level of ['warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...parts: unknown[]) => {
      messages.push(`console.${level}: ${parts.map(String).join(' ')}`);
    });
  }
});

afterEach(() => {
  cleanup();
  expect(messages, 'the console stays silent').toEqual([]);
});

class NoResize {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

window.ResizeObserver = NoResize;
window.matchMedia = (query: string): MediaQueryList => ({
  matches: query.includes('prefers-reduced-motion'),
  media: query,
  onchange: null,
  addListener: () => {},
  removeListener: () => {},
  addEventListener: () => {},
  removeEventListener: () => {},
  dispatchEvent: () => false,
});
Element.prototype.scrollIntoView = () => {};
// jsdom lays nothing out; virtual lists need a height to know which rows to draw.
Object.defineProperties(HTMLElement.prototype, {
  clientHeight: { configurable: true, get: () => 600 },
  clientWidth: { configurable: true, get: () => 1000 },
});
HTMLElement.prototype.scrollTo = () => {};
// Fields that grow with their text measure it anew when fonts have come, which jsdom has none of.
Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });
