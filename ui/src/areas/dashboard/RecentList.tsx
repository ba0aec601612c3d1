/** A short list of what happened last, newest first, with the way to all of it. */
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../data/problems';
import { ErrorState } from '../../kit/ErrorState';
import { TextSkeleton } from '../../kit/Skeletons';
import { PageLink, type PageName } from '../../parts/pages';
import classes from './dashboard.module.css';

type Query<Row> = {
  data: { rows: readonly Row[] } | undefined;
  error: unknown;
  refetch: () => Promise<unknown>;
};

type Props<Row> = {
  title: string;
  page: PageName;
  /** What will be here. */
  empty: string;
  query: Query<Row>;
  /** One line. */
  children: (row: Row) => ReactNode;
};

export function RecentList<Row extends { id: string }>({ title, page, empty, query, children }: Props<Row>) {
  const { t } = useTranslation();
  const id = useId();
  const problem = problemOf(query.error);
  const rows = query.data?.rows;
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <div className={classes.panelHead}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {rows !== undefined && rows.length > 0 && <PageLink page={page}>{t('dashboard.recent.all')}</PageLink>}
      </div>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void query.refetch()} />}
      {problem === null && rows === undefined && <TextSkeleton />}
      {rows?.length === 0 && <p className={classes.price}>{empty}</p>}
      {rows !== undefined && rows.length > 0 && (
        <ul className={classes.recent}>
          {rows.map((row) => (
            <li key={row.id}>{children(row)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
