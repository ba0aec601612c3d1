/** What of a run is at hand, comes next and is done, by name. */
import { Check, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { codeWords } from '../../data/codes';
import type { RunItemView, RunNow } from '../../host';
import { formatCount } from '../../kit/format';
import { Hint } from '../../kit/Hint';
import classes from './pipeline.module.css';

type Column = 'now' | 'next' | 'done';

export function RunColumns({ run }: { run: RunNow }) {
  return (
    <div className={classes.columns}>
      <ItemColumn column="now" items={run.now} total={run.now.length} />
      <ItemColumn column="next" items={run.next} total={run.nextTotal} />
      <ItemColumn column="done" items={run.done} total={run.doneTotal} />
    </div>
  );
}

type Props = { column: Column; items: readonly RunItemView[]; total: number };

function ItemColumn({ column, items, total }: Props) {
  const { t } = useTranslation();
  const more = total - items.length;
  const id = `run-${column}`;
  return (
    <section className={classes.column} aria-labelledby={id}>
      <h3 id={id} className={classes.columnTitle}>
        {t(`pipeline.column.${column}`)}{' '}
        <span className={classes.items} data-figures>
          {formatCount(total)}
        </span>
      </h3>
      {items.length === 0 ? (
        <p className={classes.price}>{t(`pipeline.none.${column}`)}</p>
      ) : (
        <ul className={classes.names}>
          {items.map((item, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two items may have one name, and the list is drawn anew.
            <li key={`${place}-${item.name}`}>
              {column === 'done' && <Ending item={item} />}
              <span className={classes.name} title={item.name}>
                {item.items > 1
                  ? t('pipeline.andOthers', { name: item.name, amount: formatCount(item.items - 1) })
                  : item.name}
              </span>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p className={classes.price}>{t('pipeline.more', { amount: formatCount(more) })}</p>}
    </section>
  );
}

function Ending({ item: { code } }: { item: RunItemView }) {
  const { t } = useTranslation();
  if (code === '') return <Check size="0.875rem" className={classes.good} aria-hidden />;
  return (
    <Hint label={codeWords(code).what}>
      <span
        className={classes.bad}
        role="img"
        aria-label={`${t('pipeline.failedItem')}: ${codeWords(code).what}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: why it failed is only said when it is looked at.
        tabIndex={0}
      >
        <X size="0.875rem" aria-hidden />
      </span>
    </Hint>
  );
}
