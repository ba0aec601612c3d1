/** Grey shapes in place of content that takes longer than a blink; never a spinner in the middle of a page. */
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Skeletons.module.css';

/** Widths of the lines, so that text does not look like a block. */
const LINE_WIDTHS = ['92%', '97%', '88%', '94%', '60%'] as const;

/** A few lines of text. */
export function TextSkeleton({ lines = LINE_WIDTHS.length }: { lines?: number }) {
  return (
    <Busy>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move.
        <Skeleton key={line} height="0.75rem" width={LINE_WIDTHS[line % LINE_WIDTHS.length]} />
      ))}
    </Busy>
  );
}

/** A row of cards. */
export function CardsSkeleton({ cards = 4 }: { cards?: number }) {
  return (
    <Busy row>
      {Array.from({ length: cards }, (_, card) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cards are alike and never move.
        <Skeleton key={card} height="5rem" />
      ))}
    </Busy>
  );
}

function Busy({ row = false, children }: { row?: boolean; children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={row ? classes.row : classes.column} role="status" aria-label={t('kit.loading')}>
      {children}
    </div>
  );
}
