/** All sites: where articles go, whether each is connected, and what it holds. */
import { Button } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import { useScope } from '../../data/scope';
import { useUndoable } from '../../data/undo';
import type { SiteView } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { ErrorState } from '../../kit/ErrorState';
import { formatCount } from '../../kit/format';
import { Page } from '../../kit/Page';
import { PageTabs } from '../../kit/PageTabs';
import { PrimaryAction } from '../../kit/PrimaryAction';
import { CardsSkeleton } from '../../kit/Skeletons';
import { useOpen } from '../../kit/useOpen';
import { useTab } from '../../kit/useTab';
import { FooterFacts } from '../../parts/FooterFacts';
import { RemovedList } from './RemovedList';
import { SiteCard } from './SiteCard';
import { SiteDrawer, type SitePart } from './SiteDrawer';
import classes from './sites.module.css';

const TABS = ['there', 'gone'] as const;

/** What stands in the address for the form of a new site. */
const NEW = 'new';

export function SitesPage() {
  const { t } = useTranslation();
  const { chooseSite } = useScope();
  const [address, setOpen] = useOpen();
  const [open, part] = partOf(address);
  const [tab, setTab] = useTab(TABS);
  const { data: sites, error, refetch } = useCommand('sites', []);
  const remove = useUndoable(
    'siteRemove',
    'siteRestore',
    (_done, [id]) => [id],
    (_done, [id]) => t('sites.removed', { name: sites?.find((site) => site.id === id)?.name }),
  );
  const removed = useCommand('removedSites', []);
  const counts = { there: sites?.length, gone: removed.data?.length };
  const opened = sites?.find(({ id }) => id === open) ?? null;
  const add = () => setOpen(NEW);
  const problem = problemOf(error);
  const there = (
    <>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {problem === null && sites === undefined && (
        <div className={classes.waiting}>
          <CardsSkeleton cards={3} />
        </div>
      )}
      {sites?.length === 0 && (
        <EmptyState
          drawing="site"
          sentence={t('sites.empty')}
          action={
            <Button variant="default" onClick={add}>
              {t('sites.add')}
            </Button>
          }
        />
      )}
      {sites !== undefined && sites.length > 0 && (
        <div className={classes.cards}>
          {sites.map((site) => (
            <SiteCard
              key={site.id}
              site={site}
              onEdit={() => setOpen(site.id)}
              onRemove={() => void remove([site.id])}
            />
          ))}
        </div>
      )}
    </>
  );
  return (
    <Page
      title={t('frame.page.sites')}
      count={sites?.length}
      actions={<PrimaryAction label={t('sites.add')} icon={<Plus size="1rem" aria-hidden />} onPress={add} />}
    >
      <PageTabs
        label={t('sites.tabs')}
        tabs={TABS.map((id) => ({ id, label: t(`sites.tab.${id}`), count: counts[id] }))}
        open={tab}
        onOpen={setTab}
      >
        {tab === 'gone' ? <RemovedList onShowSites={() => setTab('there')} /> : there}
      </PageTabs>
      <SiteDrawer
        opened={open === NEW || opened !== null}
        site={opened}
        part={part}
        onPart={(next) => setOpen(addressOf(open, next))}
        onClose={() => setOpen(null)}
        onAdded={(id) => chooseSite(id, id)}
      />
      <SiteFacts sites={sites ?? []} />
    </Page>
  );
}

/** The site that is open, and what of it: its id alone, or `<id>/schedule`. */
function partOf(address: string | null): [string | null, SitePart] {
  const [id = null, part] = address?.split('/') ?? [];
  return [id, part === 'schedule' ? 'schedule' : 'site'];
}

function addressOf(id: string | null, part: SitePart): string | null {
  return id === null || part === 'site' ? id : `${id}/${part}`;
}

function SiteFacts({ sites }: { sites: readonly SiteView[] }) {
  const { t } = useTranslation();
  const sum = (count: (site: SiteView) => number) => formatCount(sites.reduce((total, site) => total + count(site), 0));
  return (
    <>
      <FooterFacts
        slot="page-progress"
        label={t('sites.factsOf')}
        facts={[
          {
            label: t('sites.facts.connected'),
            value: `${sum(({ connection }) => Number(connection === 'ok'))}/${formatCount(sites.length)}`,
          },
        ]}
      />
      <FooterFacts
        slot="module-statistics"
        label={t('sites.factsOf')}
        facts={[{ label: t('sites.facts.sectors'), value: sum(({ sectors }) => sectors.length) }]}
      />
    </>
  );
}
