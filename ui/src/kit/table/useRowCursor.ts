/** The row that the keyboard is on, and the keys that move it and act on it. */
import { useCallback, useEffect, useState } from 'react';
import { useHotkeys } from '../hotkeys';

type Options = {
  /** Ids of the loaded rows, in order. */
  ids: readonly string[];
  /** Brings the row at this place into sight. */
  reveal: (index: number) => void;
  onSelect: (id: string) => void;
  onOpen: (id: string) => void;
  onEdit: (id: string) => void;
  onMenu: (id: string) => void;
  onSearch: () => void;
  /** Escape, when it is not needed for anything else. */
  onEscape: () => void;
};

export type RowCursor = {
  /** Id of the row, or null before the keyboard was used. */
  at: string | null;
  place: (id: string | null) => void;
};

export function useRowCursor({
  ids,
  reveal,
  onSelect,
  onOpen,
  onEdit,
  onMenu,
  onSearch,
  onEscape,
}: Options): RowCursor {
  const [at, setAt] = useState<string | null>(null);
  const index = at === null ? -1 : ids.indexOf(at);

  useEffect(() => {
    // The row went away: the cursor does too, so that no key acts on something unseen.
    if (at !== null && index < 0) setAt(null);
  }, [at, index]);

  const move = useCallback(
    (to: number) => {
      const next = ids[Math.max(0, Math.min(ids.length - 1, to))];
      if (next === undefined) return;
      setAt(next);
      reveal(ids.indexOf(next));
    },
    [ids, reveal],
  );

  const onRow = (act: (id: string) => void) => () => {
    if (at !== null && index >= 0) act(at);
  };

  useHotkeys({
    j: () => move(index + 1),
    arrowdown: () => move(index + 1),
    k: () => move(index < 0 ? 0 : index - 1),
    arrowup: () => move(index < 0 ? 0 : index - 1),
    home: () => move(0),
    end: () => move(ids.length - 1),
    x: onRow(onSelect),
    enter: onRow(onOpen),
    e: onRow(onEdit),
    '.': onRow(onMenu),
    '/': onSearch,
    escape: onEscape,
  });

  return { at, place: setAt };
}
