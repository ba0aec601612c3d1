/** A status: a dot of its tone and its word. Never a dot alone. */
import classes from './StatusDot.module.css';
import { type Tone, toneColor } from './tone';

type Props = {
  tone: Tone;
  label: string;
  /** Work is going on: the dot is hollow. */
  busy?: boolean;
};

export function StatusDot({ tone, label, busy = false }: Props) {
  return (
    <span className={classes.status} style={{ '--dot': toneColor(tone) }}>
      <span className={classes.dot} data-busy={busy || undefined} aria-hidden="true" />
      {label}
    </span>
  );
}
