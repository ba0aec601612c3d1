/** A site at a glance: what needs the user, how far its work is, its pipeline, the balance, and what happened last. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { NO_FILTER } from '../../data/list';
import { problemOf } from '../../data/problems';
import type { SiteView, Workspace } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { formatCount, formatShare } from '../../kit/format';
import { FooterFacts } from '../../parts/FooterFacts';
import { PipelinePanel } from '../../parts/pipeline/PipelinePanel';
import { AttentionList } from './AttentionList';
import { attentionOf } from './attention';
import { BalanceCard } from './BalanceCard';
import classes from './dashboard.module.css';
import { RecentNotices } from './RecentNotices';
import { RecentTasks } from './RecentTasks';
import { useRecentOperations } from './recent';
import { WorkflowSteps } from './WorkflowSteps';

type Props = { site: SiteView; sites: readonly SiteView[]; workspace: Workspace };

/** Only their number is wanted. */
function parkedOf(siteId: string) {
  return { filter: { ...NO_FILTER, siteId, status: ['parked'] }, sort: null, cursor: null, limit: 1 };
}

export function SiteDashboard({ site, sites, workspace }: Props) {
  const completion = useCommand('completion', [site.id, 'all']);
  const balance = useCommand('balance', []);
  const parked = useCommand('outbox', [parkedOf(site.id)]);
  const operations = useRecentOperations(site.id);
  const problem = problemOf(completion.error ?? balance.error);
  const retry = () => {
    void completion.refetch();
    void balance.refetch();
  };
  if (problem !== null) return <ErrorState problem={problem} onRetry={retry} />;
  const attention = attentionOf({
    site,
    workspace,
    completion: completion.data,
    balance: balance.data,
    parked: parked.data?.total,
  });
  return (
    <div className={classes.page}>
      <AttentionList site={site} items={attention} />
      <WorkflowSteps completion={completion.data} />
      <div className={classes.row}>
        <PipelinePanel siteId={site.id} completion={completion.data} operations={operations.data?.rows} />
        <BalanceCard balance={balance.data} />
      </div>
      <div className={classes.row} data-even>
        <RecentTasks operations={operations} />
        <RecentNotices siteId={site.id} />
      </div>
      <DashboardFacts
        sites={sites.length}
        published={completion.data?.published}
        articles={completion.data?.contents}
      />
    </div>
  );
}

type FactsProps = { sites: number; published: number | undefined; articles: number | undefined };

function DashboardFacts({ sites, published = 0, articles = 0 }: FactsProps) {
  const { t } = useTranslation();
  const label = t('dashboard.facts.label');
  const out = formatShare(published, articles);
  return (
    <>
      <FooterFacts slot="page-progress" label={label} facts={[{ label: t('dashboard.facts.published'), value: out }]} />
      <FooterFacts
        slot="module-statistics"
        label={label}
        facts={[{ label: t('dashboard.facts.sites'), value: formatCount(sites) }]}
      />
    </>
  );
}
