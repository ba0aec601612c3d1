/**
 * Colour scheme kept in memory. The choice is a setting of the host, so nothing is written to the webview's storage;
 * the frame calls `set` once the setting is read and again when it changes.
 */
import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';

/** A manager that starts at `initial` and tells Mantine of changes made from outside React. */
export function memoryColorScheme(initial: MantineColorScheme): MantineColorSchemeManager {
  let current = initial;
  let listener: ((scheme: MantineColorScheme) => void) | undefined;
  return {
    get: () => current,
    set: (scheme) => {
      // Mantine answers its listener by setting the same scheme again.
      if (scheme === current) return;
      current = scheme;
      listener?.(scheme);
    },
    subscribe: (onUpdate) => {
      listener = onUpdate;
    },
    unsubscribe: () => {
      listener = undefined;
    },
    clear: () => {
      current = initial;
    },
  };
}
