/** A bare checkbox, light enough to stand in every row of a long list. */
import { useCallback } from 'react';
import classes from './CheckBox.module.css';

type Props = { label: string; checked: boolean; mixed?: boolean; onFlip: () => void };

export function CheckBox({ label, checked, mixed = false, onFlip }: Props) {
  const setMixed = useCallback(
    (input: HTMLInputElement | null) => {
      if (input !== null) input.indeterminate = mixed;
    },
    [mixed],
  );
  return (
    <input
      ref={setMixed}
      type="checkbox"
      className={classes.box}
      aria-label={label}
      checked={checked}
      onChange={onFlip}
    />
  );
}
