/** Usage: what AI work consumed, what it cost, where the month is heading and what stands out. */
import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { Page } from '../../kit/Page';
import { PageTabs } from '../../kit/PageTabs';
import { useTab } from '../../kit/useTab';
import { ArticleList } from './ArticleList';
import { Overview } from './Overview';
import classes from './usage.module.css';
import { PERIODS, type UsageView, useUsageView } from './useUsageView';

const TABS = ['overview', 'articles'] as const;

export function UsagePage() {
  const { t } = useTranslation();
  const [tab, setTab] = useTab(TABS);
  const [view, change] = useUsageView();
  return (
    <Page
      title={t('frame.page.usage')}
      scope={<Filters view={view} onChange={change} hasPeriod={tab === 'overview'} />}
    >
      <PageTabs
        label={t('usage.tabs')}
        tabs={TABS.map((id) => ({ id, label: t(`usage.tab.${id}`) }))}
        open={tab}
        onOpen={setTab}
      >
        {tab === 'overview' ? <Overview view={view} onChange={change} /> : <ArticleList siteId={view.siteId} />}
      </PageTabs>
    </Page>
  );
}

type FiltersProps = {
  view: UsageView;
  onChange: (change: Partial<UsageView>) => void;
  /** What articles cost is summed over all time. */
  hasPeriod: boolean;
};

/** An empty value stands for all sites: a select has no other way to say it. */
const ALL = '';

function Filters({ view, onChange, hasPeriod }: FiltersProps) {
  const { t } = useTranslation();
  const { data: sites } = useCommand('sites', []);
  const options = (sites ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className={classes.filters}>
      <Select
        aria-label={t('usage.filter.site')}
        w="11rem"
        allowDeselect={false}
        data={[{ value: ALL, label: t('usage.filter.allSites') }, ...options]}
        value={view.siteId ?? ALL}
        onChange={(siteId) => onChange({ siteId: siteId === null || siteId === ALL ? null : siteId })}
      />
      {hasPeriod && (
        <SegmentedControl
          aria-label={t('usage.filter.period')}
          data={PERIODS.map((value) => ({ value, label: t(`usage.period.${value}`) }))}
          value={view.period}
          onChange={(value) => {
            const period = PERIODS.find((each) => each === value);
            if (period !== undefined) onChange({ period });
          }}
        />
      )}
    </div>
  );
}
