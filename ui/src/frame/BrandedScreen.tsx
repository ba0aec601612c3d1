/** A page that is not a page: mark, a large word, one kind sentence, and ways out. Inside the frame, so nobody is lost. */
import type { ReactNode } from 'react';
import { Mark } from '../kit/Mark';
import classes from './BrandedScreen.module.css';

type Props = { title: string; sentence: string; details?: string | undefined; children: ReactNode };

export function BrandedScreen({ title, sentence, details, children }: Props) {
  return (
    <div className={classes.screen}>
      <Mark size="var(--space-16)" />
      <div className={classes.title} data-long={title.length > 4 || undefined}>
        {title}
      </div>
      <p className={classes.sentence}>{sentence}</p>
      <div className={classes.actions}>{children}</div>
      {details !== undefined && <pre className={classes.details}>{details}</pre>}
    </div>
  );
}
