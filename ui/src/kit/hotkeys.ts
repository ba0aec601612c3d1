/** Single-key shortcuts that stay out of the way of typing, open dialogs and menus. */
import { useEffect, useRef } from 'react';

export type Hotkeys = Record<string, (event: KeyboardEvent) => void>;

const BUSY = 'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"]';

/** Calls the handler of the pressed key (`KeyboardEvent.key` in lower case) anywhere in the window. */
export function useHotkeys(keys: Hotkeys, active = true): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const handler = latest.current[event.key.toLowerCase()];
      if (handler === undefined) return;
      event.preventDefault();
      handler(event);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [active]);
}

/** A checkbox takes no letters, so lists keep their keys while one has the focus; buttons and links keep Enter. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target instanceof HTMLInputElement && target.type === 'checkbox') return event.key === ' ';
  if (event.key === 'Enter' && target.closest('button, a, summary') !== null) return true;
  return target.closest(BUSY) !== null;
}
