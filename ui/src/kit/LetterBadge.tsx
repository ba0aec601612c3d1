/** The first letter of a name on its own colour: a site in the sidebar and in lists. */
import { isLightColor } from '@mantine/core';
import classes from './LetterBadge.module.css';

type Props = {
  name: string;
  /** `#rrggbb`, from the data. */
  color: string;
};

export function LetterBadge({ name, color }: Props) {
  const letter = name.trim().charAt(0).toUpperCase() || '·';
  return (
    <span
      className={classes.badge}
      data-on={isLightColor(color, 0.18) ? 'light' : 'dark'}
      style={{ background: color }}
      aria-hidden="true"
    >
      {letter}
    </span>
  );
}
