/** Whether a site lets us in: who we are there and what we may do, or why not and what to do about it. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Check, PlugZap, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../../data/faults';
import { statusOf } from '../../data/status';
import type { SiteProbeView, SiteView } from '../../host';
import { StatusDot } from '../../kit/StatusDot';
import { When } from '../../kit/When';
import { AuthorityRow } from './AuthorityRow';
import { CompanionRow } from './CompanionRow';
import { DisconnectButton } from './DisconnectButton';
import { DoctorPanel } from './DoctorPanel';
import { FollowingRow } from './FollowingRow';
import { offersOf } from './offers';
import { SitePostsRow } from './SitePostsRow';
import classes from './sites.module.css';
import { type Connection, useConnection } from './useConnection';
import { ZoneNote } from './ZoneNote';

export function ConnectionPanel({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const connection = useConnection(site);
  return (
    <section>
      <Group justify="space-between" mb="sm">
        <Title order={3}>{t('sites.connection.title')}</Title>
        <Group gap="sm">
          {site.kind === 'wordpress' && site.hasSecret && <DisconnectButton site={site} />}
          <Button
            variant="default"
            leftSection={<PlugZap size="1rem" aria-hidden />}
            loading={connection.isTesting}
            onClick={connection.test}
          >
            {t('sites.test')}
          </Button>
        </Group>
      </Group>
      <Stack gap="xs" className={classes.panel ?? ''} aria-live="polite">
        <Group gap="md">
          <StatusDot {...statusOf('connection', site.connection)} />
          {site.testedAt !== null && (
            <Text size="xs" c="dimmed">
              {t('sites.connection.tested')} <When at={site.testedAt} />
            </Text>
          )}
        </Group>
        <Outcome site={site} connection={connection} />
      </Stack>
      {site.kind === 'wordpress' && (
        <>
          <DoctorPanel site={site} />
          <AuthorityRow site={site} />
          <CompanionRow site={site} />
          <FollowingRow site={site} />
          <SitePostsRow site={site} />
        </>
      )}
    </section>
  );
}

function Outcome({ site, connection }: { site: SiteView; connection: Connection }) {
  const { t } = useTranslation();
  switch (site.connection) {
    case 'untested':
      return (
        <Text c="dimmed">
          {t(site.kind === 'folder' ? 'sites.connection.untestedFolder' : 'sites.connection.untested')}
        </Text>
      );
    case 'failed': {
      const { what, advice, details } = wordsOf(connection.fault);
      return (
        <div>
          <Text fw={500}>{what}</Text>
          <Text c="dimmed">{advice}</Text>
          {details !== undefined && <Text ff="monospace">{details}</Text>}
        </div>
      );
    }
    case 'ok':
      if (site.kind === 'folder') return <Text>{t('sites.connection.folder')}</Text>;
      if (site.probe === null) return null;
      return (
        <>
          <Probe probe={site.probe} />
          <ZoneNote site={site} />
        </>
      );
  }
}

function Probe({ probe }: { probe: SiteProbeView }) {
  const { t } = useTranslation();
  const mayAll = probe.canPublish && probe.canUpload;
  return (
    <>
      <Text>{t('sites.connection.signedIn', { user: probe.userName, site: probe.name })}</Text>
      <Group gap="lg">
        <Right
          granted={probe.canPublish}
          yes={t('sites.connection.canPublish')}
          no={t('sites.connection.cannotPublish')}
        />
        <Right
          granted={probe.canUpload}
          yes={t('sites.connection.canUpload')}
          no={t('sites.connection.cannotUpload')}
        />
      </Group>
      {!mayAll && <Text c="dimmed">{t('sites.connection.rightsAdvice')}</Text>}
      <Text size="xs" c="dimmed">
        {[
          `${t('sites.connection.roles')}: ${probe.roles.join(', ')}`,
          `${t('sites.connection.version')} ${probe.version}`,
          `${t('sites.connection.zone')}: ${probe.timezone}`,
          `${t('sites.connection.interface')}: ${probe.apiUrl}`,
        ].join(' · ')}
      </Text>
      <Offers probe={probe} />
    </>
  );
}

/** What the site has to publish with, as far as it said. */
function Offers({ probe }: { probe: SiteProbeView }) {
  const { t } = useTranslation();
  const lines = offersOf(probe);
  if (lines.length === 0) return null;
  return (
    <ul className={classes.offers} aria-label={t('sites.connection.offers')}>
      {lines.map((line) => (
        <li key={line}>
          <Text size="xs" c="dimmed">
            {line}
          </Text>
        </li>
      ))}
    </ul>
  );
}

function Right({ granted, yes, no }: { granted: boolean; yes: string; no: string }) {
  const Icon = granted ? Check : X;
  return (
    <span className={classes.right} data-granted={granted || undefined}>
      <Icon size="1rem" aria-hidden />
      {granted ? yes : no}
    </span>
  );
}
