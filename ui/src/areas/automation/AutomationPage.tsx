/** Automation of a site: the run under way, what waits for a person, the runs there were, and what is chosen for them. */
import { Button } from '@mantine/core';
import { Pause } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { NO_FILTER } from '../../data/list';
import { useScope } from '../../data/scope';
import type { SiteView } from '../../host';
import { formatCount, formatCredits } from '../../kit/format';
import { Page } from '../../kit/Page';
import { PageTabs } from '../../kit/PageTabs';
import { TextSkeleton } from '../../kit/Skeletons';
import { useTab } from '../../kit/useTab';
import { useAllWork } from '../../parts/allWork';
import { FooterFacts } from '../../parts/FooterFacts';
import { NoSite } from '../../parts/NoSite';
import { PipelinePanel } from '../../parts/pipeline/PipelinePanel';
import classes from './automation.module.css';
import { NeedsYou } from './NeedsYou';
import { RunHistory } from './RunHistory';
import { ScheduleLine } from './ScheduleLine';
import { Settings } from './Settings';

const TABS = ['overview', 'runs', 'settings'] as const;
/** Runs that are listed at first. */
const RUNS = 20;

export function AutomationPage() {
  const { t } = useTranslation();
  const { site, isLoading } = useScope();
  return (
    <Page title={t('frame.page.automation')} actions={<PauseAll />}>
      {site !== null && <Automation key={site.id} site={site} />}
      {site === null && (isLoading ? <TextSkeleton lines={8} /> : <NoSite />)}
    </Page>
  );
}

/** Every site at once; while all is paused, the way on stands above the page. */
function PauseAll() {
  const { t } = useTranslation();
  const { since, isBusy, pause } = useAllWork();
  if (since !== null) return null;
  return (
    <Button
      variant="default"
      leftSection={<Pause size="1rem" fill="currentColor" aria-hidden />}
      loading={isBusy}
      onClick={pause}
    >
      {t('frame.allWork.pause')}
    </Button>
  );
}

function Automation({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const [tab, setTab] = useTab(TABS);
  const runs = useCommand('runs', [site.id, null, RUNS]);
  const counts = { overview: undefined, runs: runs.data?.total, settings: undefined };
  const last = runs.data?.rows[0];
  return (
    <>
      <PageTabs
        label={t('automation.tabs')}
        tabs={TABS.map((id) => ({ id, label: t(`automation.tab.${id}`), count: counts[id] }))}
        open={tab}
        onOpen={setTab}
      >
        <div className={classes.page}>
          {tab === 'overview' && <Overview site={site} onSettings={() => setTab('settings')} />}
          {tab === 'runs' && <RunHistory site={site} />}
          {tab === 'settings' && <Settings site={site} />}
        </div>
      </PageTabs>
      <FooterFacts
        slot="page-progress"
        label={t('automation.facts.label')}
        facts={[{ label: t('automation.facts.runs'), value: formatCount(runs.data?.total ?? 0) }]}
      />
      {last !== undefined && (
        <FooterFacts
          slot="module-statistics"
          label={t('automation.facts.label')}
          facts={[{ label: t('automation.facts.credits'), value: formatCredits(last.credits) }]}
        />
      )}
    </>
  );
}

/** The newest work of a site; the panel finds the one at hand in it. */
const NEWEST = 5;

function Overview({ site, onSettings }: { site: SiteView; onSettings: () => void }) {
  const completion = useCommand('completion', [site.id, 'all']);
  const sort = { column: 'createdAt', descending: true };
  const query = { filter: { ...NO_FILTER, siteId: site.id }, sort, cursor: null, limit: NEWEST };
  const operations = useCommand('operations', [query]);
  return (
    <div className={classes.overview}>
      <PipelinePanel siteId={site.id} completion={completion.data} operations={operations.data?.rows} />
      <ScheduleLine site={site} onChange={onSettings} />
      <NeedsYou site={site} />
    </div>
  );
}
