/** Facts about one item, a line each: what it is called at the left, the value at the right. */
import { Fragment, type ReactNode } from 'react';
import classes from './DetailList.module.css';

type Props = { facts: readonly { label: string; value: ReactNode }[] };

export function DetailList({ facts }: Props) {
  return (
    <dl className={classes.facts} data-figures>
      {facts.map(({ label, value }) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
