/** What a page says before it has anything: one drawing, one sentence, one action. */
import type { ReactNode } from 'react';
import { Drawing, type DrawingName } from './Drawing';
import classes from './EmptyState.module.css';

type Props = {
  drawing: DrawingName;
  /** One sentence that says what will be here. */
  sentence: string;
  /** One button. */
  action?: ReactNode;
};

export function EmptyState({ drawing, sentence, action }: Props) {
  return (
    <div className={classes.state}>
      <Drawing name={drawing} />
      <p className={classes.sentence}>{sentence}</p>
      {action}
    </div>
  );
}
