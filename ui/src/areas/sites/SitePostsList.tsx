/** The posts that were taken in of a site, the newest first: what they are called and where they stand. */
import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { useHost } from '../../data/host';
import { problemOf, tell } from '../../data/problems';
import { ErrorState } from '../../kit/ErrorState';
import { formatCount } from '../../kit/format';
import { TextSkeleton } from '../../kit/Skeletons';
import { When } from '../../kit/When';
import { ArticleLink } from '../../parts/pages';
import classes from './sites.module.css';

/** How many are shown at first, and with each press more. */
const AT_ONCE = 25;

export function SitePostsList({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const host = useHost();
  const [shown, setShown] = useState(AT_ONCE);
  const { data: posts, error, refetch } = useCommand('sitePostsList', [siteId]);
  const problem = problemOf(error);
  if (problem !== null) return <ErrorState problem={problem} onRetry={() => void refetch()} />;
  if (posts === undefined) return <TextSkeleton lines={4} />;
  return (
    <Stack gap="xs">
      <ul className={classes.posts} aria-label={t('following.posts.list')}>
        {posts.slice(0, shown).map(({ id, title, url, wordCount, publishedAt }) => (
          <li key={id}>
            <ArticleLink id={id}>{title}</ArticleLink>
            <Text size="xs" c="dimmed">
              <When at={publishedAt} /> ·{' '}
              {t('following.posts.words', { count: wordCount, amount: formatCount(wordCount) })} ·{' '}
              <Anchor
                component="button"
                type="button"
                size="xs"
                onClick={() => void host.openExternal(url).catch(tell)}
              >
                {url}
              </Anchor>
            </Text>
          </li>
        ))}
      </ul>
      {posts.length > shown && (
        <Button variant="subtle" onClick={() => setShown(shown + AT_ONCE)}>
          {t('following.posts.more')}
        </Button>
      )}
    </Stack>
  );
}
