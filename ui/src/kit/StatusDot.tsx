/** A status: a dot of its tone and its word. Never a dot alone. What is paused has the sign of a pause for its dot. */
import { CirclePause } from 'lucide-react';
import classes from './StatusDot.module.css';
import { type Tone, toneColor } from './tone';

type Props = {
  tone: Tone;
  label: string;
  /** Work is going on: the dot is hollow. */
  busy?: boolean;
  /** Work waits to be gone on with. */
  paused?: boolean;
};

export function StatusDot({ tone, label, busy = false, paused = false }: Props) {
  return (
    <span className={classes.status} style={{ '--dot': toneColor(tone) }}>
      {paused ? (
        <CirclePause className={classes.sign} size="1rem" aria-hidden />
      ) : (
        <span className={classes.dot} data-busy={busy || undefined} aria-hidden="true" />
      )}
      {label}
    </span>
  );
}
