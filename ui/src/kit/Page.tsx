/** One page: its name and count in the header, its one primary button, and its body at table or reading width. */
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from './format';
import classes from './Page.module.css';
import { Fill } from './slots';

type Props = {
  title: string;
  /** How many things the page holds, when it holds things. */
  count?: number | null | undefined;
  /** Selector of the part of the site that the page shows, beside the title. */
  scope?: ReactNode;
  /** Quiet buttons, then the one primary button. */
  actions?: ReactNode;
  /** `full` for tables, `reading` for text and forms. */
  width?: 'full' | 'reading';
  children: ReactNode;
};

export function Page({ title, count, scope, actions, width = 'full', children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('frame.windowTitle', { page: title });
  }, [t, title]);
  return (
    <>
      <Fill slot="title">
        <h1 className={classes.title}>
          {title}
          {typeof count === 'number' && (
            <>
              {' '}
              <span className={classes.count} data-figures>
                {formatCount(count)}
              </span>
            </>
          )}
        </h1>
      </Fill>
      {scope !== undefined && <Fill slot="scope">{scope}</Fill>}
      {actions !== undefined && <Fill slot="actions">{actions}</Fill>}
      <div className={width === 'full' ? classes.full : classes.reading}>{children}</div>
    </>
  );
}
