import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** The webview's walls, as the desktop shell sends them; the preview server sends them too, so page tests meet them. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' asset: http://asset.localhost data: blob:",
  'connect-src ipc: http://ipc.localhost',
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

// `--mode pages` also builds the gallery of the kit, which the page tests photograph.
export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [react()],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  preview: { port: 1421, strictPort: true, headers: { 'Content-Security-Policy': contentSecurityPolicy } },
  build: {
    target: ['chrome120', 'safari16.4'],
    // Fonts and images stay files: `font-src 'self'` forbids data URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // All pages in one file: it is read from the disk, and only the drawing of charts is worth waiting for.
    chunkSizeWarningLimit: 1400,
    rollupOptions: {
      input: {
        main: resolve(import.meta.dirname, 'index.html'),
        ...(mode === 'pages' ? { gallery: resolve(import.meta.dirname, 'tests/gallery/index.html') } : {}),
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'tests/unit/**/*.test.ts'],
    setupFiles: ['tests/support/setup.ts'],
    css: false,
    restoreMocks: true,
    testTimeout: 30_000,
  },
}));
