/** Figures of a page or its module in the footer. They come from totals of the host, never from the rows on show. */
import type { ReactNode } from 'react';
import { Fill, type SlotName } from '../kit/slots';
import classes from './FooterFacts.module.css';

export type Fact = { label: string; value: ReactNode };

type Props = {
  slot: Extract<SlotName, 'page-progress' | 'module-statistics'>;
  /** What the figures are about, for those who hear it. */
  label: string;
  facts: readonly Fact[];
};

export function FooterFacts({ slot, label, facts }: Props) {
  return (
    <Fill slot={slot}>
      <dl className={classes.facts} aria-label={label}>
        {facts.map((fact) => (
          <div key={fact.label} className={classes.fact}>
            <dt>{fact.label}</dt>
            <dd data-figures>{fact.value}</dd>
          </div>
        ))}
      </dl>
    </Fill>
  );
}
