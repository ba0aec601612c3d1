/** One site as a card: what it is called, where it leads, whether it is connected, and what it holds. */
import { ActionIcon, Badge, Button, Menu, Text, Title } from '@mantine/core';
import { Ellipsis, ExternalLink, FolderOpen, PlugZap, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../../data/faults';
import { useHost } from '../../data/host';
import { tell } from '../../data/problems';
import { statusOf } from '../../data/status';
import type { SiteView } from '../../host';
import { formatCount } from '../../kit/format';
import { LetterBadge } from '../../kit/LetterBadge';
import { StatusDot } from '../../kit/StatusDot';
import { toast } from '../../kit/toasts';
import classes from './sites.module.css';
import { hostOf, useConnection } from './useConnection';

type Props = { site: SiteView; onEdit: () => void; onRemove: () => void };

export function SiteCard({ site, onEdit, onRemove }: Props) {
  const { t } = useTranslation();
  const connection = useConnection(site);
  const counted = (key: 'keywords' | 'sectors' | 'published', count: number) =>
    t(`sites.${key}`, { count, amount: formatCount(count) });
  return (
    <article className={classes.card} aria-label={site.name}>
      <header className={classes.cardHead}>
        <LetterBadge name={site.name} color={site.brandColor} />
        <Title order={2} className={classes.cardName ?? ''}>
          {site.name}
        </Title>
        {site.isSample && (
          <Badge variant="light" color="gray">
            {t('sites.sample')}
          </Badge>
        )}
      </header>
      <Text size="sm" c="dimmed" truncate title={site.folder ?? site.url}>
        {t(`sites.kind.${site.kind}`)} · {site.folder ?? hostOf(site.url)}
      </Text>
      <Text size="sm" data-figures>
        {[
          counted('sectors', site.sectors.length),
          counted('keywords', site.keywordCount),
          counted('published', site.publishedCount),
        ].join(' · ')}
      </Text>
      <div className={classes.cardState}>
        <StatusDot {...statusOf('connection', site.connection)} />
        {site.connection === 'failed' && (
          <Text size="xs" c="dimmed">
            {wordsOf(connection.fault).what} {wordsOf(connection.fault).advice}
          </Text>
        )}
      </div>
      <footer className={classes.cardFoot}>
        <Button variant="default" aria-label={`${t('sites.edit')}: ${site.name}`} onClick={onEdit}>
          {t('sites.edit')}
        </Button>
        <Button
          variant="default"
          leftSection={<PlugZap size="1rem" aria-hidden />}
          aria-label={`${t('sites.test')}: ${site.name}`}
          loading={connection.isTesting}
          onClick={connection.test}
        >
          {t('sites.test')}
        </Button>
        <CardMenu site={site} onRemove={onRemove} />
      </footer>
    </article>
  );
}

type MenuProps = { site: SiteView; onRemove: () => void };

function CardMenu({ site, onRemove }: MenuProps) {
  const { t } = useTranslation();
  const host = useHost();
  const { folder } = site;
  const show = () => {
    // The folder of a site is made with its first article.
    if (folder === null) host.openExternal(site.url).catch(tell);
    else host.revealPath(folder).catch(() => toast('info', t('sites.noFolder'), t('sites.noFolderAdvice', { folder })));
  };
  const Icon = folder === null ? ExternalLink : FolderOpen;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="lg" aria-label={t('sites.more', { name: site.name })}>
          <Ellipsis size="1rem" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon size="1rem" aria-hidden />} onClick={show}>
          {t(folder === null ? 'sites.visit' : 'sites.reveal')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="danger" leftSection={<Trash2 size="1rem" aria-hidden />} onClick={onRemove}>
          {t('sites.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
