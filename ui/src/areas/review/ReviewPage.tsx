/** Articles to read and approve, and approved ones to send out. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { NO_FILTER } from '../../data/list';
import { type Scope, useScope } from '../../data/scope';
import type { ListQuery, SiteView } from '../../host';
import { Page } from '../../kit/Page';
import { PageTabs } from '../../kit/PageTabs';
import { useTab } from '../../kit/useTab';
import { NoSite } from '../../parts/NoSite';
import { ApprovedList } from './ApprovedList';
import { PublishAll } from './PublishAll';
import { ReviewFacts } from './ReviewFacts';
import { ReviewList } from './ReviewList';

const TABS = ['review', 'approved'] as const;

export function ReviewPage() {
  const { t } = useTranslation();
  const { site, isLoading } = useScope();
  if (site === null) return <Page title={t('frame.page.review')}>{isLoading ? null : <NoSite />}</Page>;
  return <SiteReview key={site.id} site={site} />;
}

function SiteReview({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const { sector } = useScope();
  const [tab, setTab] = useTab(TABS);
  const counts = useCounts({ site, sector });
  return (
    <Page
      title={t('frame.page.review')}
      count={counts.review}
      actions={tab === 'approved' && <PublishAll site={site} sector={sector} />}
    >
      <PageTabs
        label={t('review.tabs')}
        tabs={TABS.map((id) => ({ id, label: t(`review.tab.${id}`), count: counts[id] }))}
        open={tab}
        onOpen={setTab}
      >
        {tab === 'review' ? (
          <ReviewList site={site} sector={sector} />
        ) : (
          <ApprovedList site={site} sector={sector} onReview={() => setTab('review')} />
        )}
      </PageTabs>
      <ReviewFacts siteId={site.id} />
    </Page>
  );
}

/** How much each tab holds, whatever its filters say. */
function useCounts({ site, sector }: Pick<Scope, 'site' | 'sector'>) {
  const query = (status: string): ListQuery => ({
    filter: { ...NO_FILTER, siteId: site?.id ?? null, sectorId: sector?.id ?? null, status: [status] },
    sort: null,
    cursor: null,
    limit: 1,
  });
  const review = useCommand('contents', [query('review')], { keep: true });
  const approved = useCommand('contents', [query('approved')], { keep: true });
  return { review: review.data?.total, approved: approved.data?.total };
}
