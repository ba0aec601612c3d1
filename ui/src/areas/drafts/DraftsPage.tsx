/** Articles on their way to review, and the queue of those that are still to be written. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { NO_FILTER } from '../../data/list';
import { type Scope, useScope } from '../../data/scope';
import { useWatched } from '../../data/work';
import type { AiFunctionView, ListQuery, SiteView } from '../../host';
import { Page } from '../../kit/Page';
import { PageTabs } from '../../kit/PageTabs';
import { useTab } from '../../kit/useTab';
import { NoSite } from '../../parts/NoSite';
import { OperationLines } from '../../parts/OperationLines';
import { DraftFacts } from './DraftFacts';
import { DraftList } from './DraftList';
import { GrowingArticles } from './GrowingArticles';
import { NextWork } from './NextWork';
import { QueueList } from './QueueList';
import { IN_QUEUE, IS_DRAFT } from './states';

const FUNCTIONS: readonly AiFunctionView[] = ['generate_content', 'generate_image_prompts', 'generate_images'];
const TABS = ['drafts', 'queue'] as const;

export function DraftsPage() {
  const { t } = useTranslation();
  const { site, isLoading } = useScope();
  if (site === null) return <Page title={t('frame.page.drafts')}>{isLoading ? null : <NoSite />}</Page>;
  return <SiteDrafts key={site.id} site={site} />;
}

function SiteDrafts({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const { sector } = useScope();
  const [tab, setTab] = useTab(TABS);
  const watched = useWatched(site.id, FUNCTIONS);
  const counts = useCounts({ site, sector });
  const List = tab === 'drafts' ? DraftList : QueueList;
  return (
    <Page
      title={t('frame.page.drafts')}
      count={counts.drafts}
      actions={<NextWork tab={tab} scope={{ site, sector }} onStarted={watched.watch} />}
    >
      <OperationLines watched={watched} />
      <GrowingArticles operations={watched.operations} />
      <PageTabs
        label={t('drafts.tabs')}
        tabs={TABS.map((id) => ({ id, label: t(`drafts.tab.${id}`), count: counts[id] }))}
        open={tab}
        onOpen={setTab}
      >
        <List site={site} sector={sector} onStarted={watched.watch} />
      </PageTabs>
      <DraftFacts siteId={site.id} />
    </Page>
  );
}

/** How much each tab holds, whatever its filters say. */
function useCounts({ site, sector }: Pick<Scope, 'site' | 'sector'>) {
  const query = (status: readonly string[]): ListQuery => ({
    filter: { ...NO_FILTER, siteId: site?.id ?? null, sectorId: sector?.id ?? null, status: [...status] },
    sort: null,
    cursor: null,
    limit: 1,
  });
  const drafts = useCommand('contents', [query(IS_DRAFT)], { keep: true });
  const queue = useCommand('tasks', [query(IN_QUEUE)], { keep: true });
  return { drafts: drafts.data?.total, queue: queue.data?.total };
}
