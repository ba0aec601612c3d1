/** Articles while they are written, as plain text: what a model sends is not looked at as a page before it is whole. */
import { Fragment, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type GrowingArticle, useWritings } from '../../data/writing';
import type { OperationRow } from '../../host';
import classes from './GrowingArticles.module.css';

/** A reader who is this near to the end, in pixels, follows it. */
const NEAR_THE_END = 48;
/** The marks of a heading in Markdown, and its words. */
const HEADING = /^(#{1,6})\s+(.*)$/;

export function GrowingArticles({ operations }: { operations: readonly OperationRow[] }) {
  const articles = useWritings(operations);
  if (articles.length === 0) return null;
  return (
    <div className={classes.articles}>
      {articles.map((article) => (
        <Growing key={`${article.operationId} ${article.taskId}`} article={article} />
      ))}
    </div>
  );
}

/** Nobody is read every word as it comes: whoever wants to goes to the region and reads. */
function Growing({ article: { title, text } }: { article: GrowingArticle }) {
  const { t } = useTranslation();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is looked at anew whenever the text has grown
  useEffect(() => {
    if (box.current !== null && follows.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  return (
    <section className={classes.article} aria-labelledby={id} aria-live="off">
      <h2 id={id} className={classes.title}>
        {t('drafts.writing', { title })}
      </h2>
      <div
        ref={box}
        className={classes.text}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          follows.current = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
        }}
      >
        <Lines text={text} />
      </div>
    </section>
  );
}

/** Headings stand out, and everything else is as it came. */
function Lines({ text }: { text: string }) {
  return text.split('\n').map((line, index) => {
    const [mark, heading] = HEADING.exec(line)?.slice(1) ?? [];
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines only ever follow each other
      <Fragment key={index}>
        {mark === undefined ? line : <strong>{heading}</strong>}
        {'\n'}
      </Fragment>
    );
  });
}
