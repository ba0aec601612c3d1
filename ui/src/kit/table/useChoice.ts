/** The rows chosen in a list, and what un-chooses them: showing other rows. */
import { useCallback, useState } from 'react';
import { isSelected, NOTHING, toggle, toggleLoaded } from './selection';
import type { ListView, Selection } from './types';

export type Choice = {
  selection: Selection;
  isChoosing: boolean;
  isChosen: (id: string) => boolean;
  flip: (id: string) => void;
  flipLoaded: () => void;
  choose: (selection: Selection) => void;
  clear: () => void;
  changeView: (view: ListView) => void;
};

export function useChoice(loaded: readonly string[], view: ListView, onViewChange: (view: ListView) => void): Choice {
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const changeView = useCallback(
    (next: ListView) => {
      // A choice of rows belongs to what was on show; a new order keeps it, other rows do not.
      if (next.search !== view.search || next.filters !== view.filters) setSelection(NOTHING);
      onViewChange(next);
    },
    [onViewChange, view],
  );
  return {
    selection,
    isChoosing: selection.all || selection.ids.size > 0,
    isChosen: (id) => isSelected(selection, id),
    flip: useCallback((id: string) => setSelection((chosen) => toggle(chosen, id)), []),
    flipLoaded: () => setSelection((chosen) => toggleLoaded(chosen, loaded)),
    choose: setSelection,
    clear: () => setSelection(NOTHING),
    changeView,
  };
}
