/** Ideas and articles about the same as an article the site has: a warning beside them, for whoever decides. */
import { Alert, Anchor, Badge, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import i18next from 'i18next';
import { CopyCheck } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../data/command';
import type { TopicRepeat } from '../host';
import type { Column } from '../kit/table/types';
import { articleAddress } from './pages';

export type Repeats = ReadonlyMap<string, TopicRepeat>;
const NONE: Repeats = new Map();

/** What of a site's ideas or articles repeats an article, by its id. */
export function useRepeats(siteId: string | null, item: 'idea' | 'article'): Repeats {
  const { data } = useCommand('topicRepeats', [siteId ?? ''], { enabled: siteId !== null });
  return useMemo(
    () => (data === undefined ? NONE : new Map(data.filter((one) => one.item === item).map((one) => [one.id, one]))),
    [data, item],
  );
}

/** A column with the warning, where there is one to show. */
export function repeatsColumns<Row extends { id: string }>(repeats: Repeats): Column<Row>[] {
  return repeats.size === 0 ? [] : [columnOf(repeats)];
}

function columnOf<Row extends { id: string }>(repeats: Repeats): Column<Row> {
  return {
    id: 'repeats',
    header: i18next.t('repeats.column'),
    hint: i18next.t('repeats.columnHint'),
    type: 'custom',
    width: 30,
    yields: 'last',
    cell: ({ id }) => {
      const repeat = repeats.get(id);
      return repeat === undefined ? null : <RepeatBadge repeat={repeat} />;
    },
  };
}

function RepeatBadge({ repeat }: { repeat: TopicRepeat }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={wordsOf(repeat)} multiline w="20rem">
      <Badge variant="light" color="warning" leftSection={<CopyCheck size="0.75rem" aria-hidden />}>
        {t('repeats.badge')}
      </Badge>
    </Tooltip>
  );
}

/** The warning at the article itself, with the way to the other one. */
export function RepeatNote({ siteId, id }: { siteId: string; id: string }) {
  const repeat = useRepeats(siteId, 'article').get(id);
  const { t } = useTranslation();
  if (repeat === undefined) return null;
  return (
    <Alert color="warning" variant="light" icon={<CopyCheck size="1rem" aria-hidden />} mb="md">
      {wordsOf(repeat)}{' '}
      <Anchor component={Link} {...articleAddress(repeat.articleId)} size="sm">
        {t('repeats.open')}
      </Anchor>
    </Alert>
  );
}

function wordsOf({ likeness, title, isImported }: TopicRepeat): string {
  const where = i18next.t(isImported ? 'repeats.hadBefore' : 'repeats.ours', { title });
  return `${where} ${i18next.t(`repeats.by.${likeness as 'title' | 'keyword' | 'address' | 'words'}`)}`;
}
