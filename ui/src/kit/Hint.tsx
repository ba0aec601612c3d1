/** What more there is to say of a thing, in words: on hover, and for those who come by keyboard on focus. */
import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import classes from './Hint.module.css';

type Props = {
  /** One line or several. */
  label: string;
  disabled?: boolean;
  /** Takes a reference; what is no button or link takes the focus where it has `tabIndex`. */
  children: ReactElement;
};

export function Hint({ label, disabled = false, children }: Props) {
  return (
    <Tooltip label={label} disabled={disabled || label === ''} multiline maw="20rem" classNames={HINT}>
      {children}
    </Tooltip>
  );
}

const HINT = { tooltip: classes.hint ?? '' };
