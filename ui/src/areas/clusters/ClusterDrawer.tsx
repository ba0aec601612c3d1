/** One cluster beside the list: what it is about, its keywords, and the ideas made from it. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NO_FILTER, useList } from '../../data/list';
import { statusOf } from '../../data/status';
import type { ClusterRow } from '../../host';
import { Count } from '../../kit/Amounts';
import { DetailList } from '../../kit/DetailList';
import { ErrorState } from '../../kit/ErrorState';
import { formatCount } from '../../kit/format';
import { SideDrawer } from '../../kit/SideDrawer';
import { TextSkeleton } from '../../kit/Skeletons';
import { StatusDot } from '../../kit/StatusDot';
import type { ListSource, Sort } from '../../kit/table/types';
import { When } from '../../kit/When';
import { PageLink } from '../../parts/pages';
import { clusterStatus } from './clusterColumns';
import classes from './clusters.module.css';
import { waitsForIdeas } from './useClusterActs';

type Props = {
  row: ClusterRow | null;
  siteId: string | null;
  onClose: () => void;
  onEdit: (row: ClusterRow) => void;
  onFindIdeas: (ids: string[]) => void;
};

export function ClusterDrawer({ row, siteId, onClose, onEdit, onFindIdeas }: Props) {
  const { t } = useTranslation();
  return (
    <SideDrawer
      opened={row !== null}
      title={row?.name}
      onClose={onClose}
      footer={
        row !== null && (
          <>
            <Button variant="default" onClick={() => onEdit(row)}>
              {t('clusters.action.edit')}
            </Button>
            {waitsForIdeas(row) && (
              <Button onClick={() => onFindIdeas([row.id])}>{t('clusters.action.findIdeas')}</Button>
            )}
          </>
        )
      }
    >
      {row !== null && <Detail row={row} siteId={siteId} />}
    </SideDrawer>
  );
}

const BY_VOLUME: Sort = { column: 'volume', descending: true };
const NEWEST: Sort = { column: 'createdAt', descending: true };

function Detail({ row, siteId }: { row: ClusterRow; siteId: string | null }) {
  const { t } = useTranslation();
  const filter = { ...NO_FILTER, siteId, clusterId: row.id };
  const keywords = useList('keywords', filter, BY_VOLUME);
  const ideas = useList('ideas', filter, NEWEST);
  return (
    <Stack gap="xl" pb="lg">
      {row.description === '' ? (
        <Text c="dimmed">{t('clusters.detail.noDescription')}</Text>
      ) : (
        <Text>{row.description}</Text>
      )}
      <DetailList
        facts={[
          { label: t('clusters.column.status'), value: <StatusDot {...clusterStatus(t, row)} /> },
          { label: t('clusters.column.sector'), value: row.sector },
          {
            label: t('clusters.column.volume'),
            value: t('clusters.detail.volume', { amount: formatCount(row.volume) }),
          },
          { label: t('clusters.column.articles'), value: <Count value={row.contentCount} /> },
          { label: t('clusters.column.created'), value: <When at={row.createdAt} style="exact" /> },
        ]}
      />
      <Members
        list={keywords}
        title={t('clusters.detail.keywords')}
        none={t('clusters.detail.noKeywords')}
        line={(keyword) => (
          <>
            <span>{keyword.text}</span>
            <Text span size="xs" c="dimmed" data-figures>
              {keyword.volume === null ? '–' : formatCount(keyword.volume)}
            </Text>
          </>
        )}
      />
      <Members
        list={ideas}
        title={t('clusters.detail.ideas')}
        none={t('clusters.detail.noIdeas')}
        line={(idea) => (
          <>
            <PageLink page="ideas" open={idea.id}>
              {idea.title}
            </PageLink>
            <StatusDot {...statusOf('idea', idea.status)} />
          </>
        )}
      />
    </Stack>
  );
}

type MembersProps<Row> = {
  title: string;
  none: string;
  list: ListSource<Row>;
  line: (row: Row) => ReactNode;
};

function Members<Row extends { id: string }>({ title, none, list, line }: MembersProps<Row>) {
  const { t } = useTranslation();
  return (
    <section>
      <Group gap="xs" mb="xs">
        <Title order={3}>{title}</Title>
        {list.total !== null && (
          <Text c="dimmed">
            <Count value={list.total} />
          </Text>
        )}
      </Group>
      {list.phase === 'loading' && <TextSkeleton lines={3} />}
      {list.problem !== null && <ErrorState problem={list.problem} onRetry={list.retry} />}
      {list.total === 0 && <Text c="dimmed">{none}</Text>}
      <ul className={classes.members}>
        {list.rows.map((row) => (
          <li key={row.id} className={classes.member}>
            {line(row)}
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <Button variant="subtle" onClick={list.loadMore}>
          {t('clusters.detail.more')}
        </Button>
      )}
    </section>
  );
}
