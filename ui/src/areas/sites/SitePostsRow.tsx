/** The posts that a site had before: how many are known, and taking them in, with its progress and its end. */
import { Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { tell } from '../../data/problems';
import type { SitePosts, SiteView } from '../../host';
import { formatCount } from '../../kit/format';
import { ProgressLine } from '../../kit/ProgressLine';
import { SitePostsList } from './SitePostsList';

export function SitePostsRow({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const [isListed, list] = useState(false);
  const { data: posts } = useCommand('sitePosts', [site.id]);
  if (posts === undefined) return null;
  return (
    <Stack component="section" gap="xs" mt="md" aria-label={t('following.posts.title')}>
      <Title order={4}>{t('following.posts.title')}</Title>
      <Text size="sm" c="dimmed">
        {t('following.posts.lead')}{' '}
        {posts.known === 0
          ? t('following.posts.none')
          : t('following.posts.known', { count: posts.known, amount: formatCount(posts.known) })}
      </Text>
      <div aria-live="polite">
        <Outcome posts={posts} />
      </div>
      {posts.state === 'running' ? <Running site={site} posts={posts} /> : <TakeIn site={site} posts={posts} />}
      {posts.known > 0 && (
        <Button variant="subtle" aria-expanded={isListed} onClick={() => list(!isListed)}>
          {t(isListed ? 'following.posts.hideList' : 'following.posts.showList')}
        </Button>
      )}
      {posts.known > 0 && isListed && <SitePostsList siteId={site.id} />}
    </Stack>
  );
}

type Props = { site: SiteView; posts: SitePosts };

function Running({ site, posts: { done, total } }: Props) {
  const { t } = useTranslation();
  const { mutate, isSuccess } = useAct('sitePostsStop');
  return (
    <ProgressLine
      label={t('following.posts.running')}
      done={done}
      total={total}
      cancelling={isSuccess}
      onCancel={() => mutate([site.id], { onError: tell })}
    />
  );
}

function Outcome({ posts: { state, added, updated } }: { posts: SitePosts }) {
  const { t } = useTranslation();
  if (state === 'idle' || state === 'running') return null;
  const amounts = { added: formatCount(added), updated: formatCount(updated) };
  return <Text size="sm">{t(`following.posts.${state}`, amounts)}</Text>;
}

function TakeIn({ site, posts }: Props) {
  const { t } = useTranslation();
  const { mutate, isPending } = useAct('sitePostsTakeIn');
  const [chosen, setChosen] = useState<string | null>(null);
  const sector = chosen ?? site.sectors[0]?.id ?? null;
  return (
    <Group align="end">
      {site.sectors.length > 1 && (
        <Select
          label={t('following.posts.sector')}
          data={site.sectors.map(({ id, name }) => ({ value: id, label: name }))}
          value={sector}
          onChange={setChosen}
          allowDeselect={false}
        />
      )}
      <Button
        variant="default"
        leftSection={<Download size="1rem" aria-hidden />}
        loading={isPending}
        disabled={sector === null}
        onClick={() => sector !== null && mutate([site.id, sector], { onError: tell })}
      >
        {t(posts.known === 0 ? 'following.posts.takeIn' : 'following.posts.again')}
      </Button>
    </Group>
  );
}
