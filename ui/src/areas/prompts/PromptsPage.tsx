/** Prompts: what models are asked with, for all sites or for one, and how each site speaks. */
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { useScope } from '../../data/scope';
import { Page } from '../../kit/Page';
import { PageTabs } from '../../kit/PageTabs';
import { useTab } from '../../kit/useTab';
import { NoSite } from '../../parts/NoSite';
import { AuthorList } from './AuthorList';
import { Library } from './Library';
import classes from './prompts.module.css';
import { useLibraryView } from './useLibraryView';
import { VoiceForm } from './VoiceForm';

const TABS = ['library', 'voice'] as const;
/** An empty value stands for all sites: a select has no other way to say it. */
const ALL = '';

export function PromptsPage() {
  const { t } = useTranslation();
  const [tab, setTab] = useTab(TABS);
  const { site } = useScope();
  return (
    <Page title={t('frame.page.prompts')} scope={tab === 'library' ? <SiteChoice /> : undefined}>
      <PageTabs
        label={t('prompts.tabs')}
        tabs={TABS.map((id) => ({ id, label: t(`prompts.tab.${id}`) }))}
        open={tab}
        onOpen={setTab}
      >
        {tab === 'library' ? (
          <Library />
        ) : (
          <div className={classes.voice}>
            {site === null ? <NoSite /> : <VoiceForm key={site.id} site={site} />}
            <AuthorList />
          </div>
        )}
      </PageTabs>
    </Page>
  );
}

function SiteChoice() {
  const { t } = useTranslation();
  const [view, change] = useLibraryView();
  const { data: sites } = useCommand('sites', []);
  const options = (sites ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Select
      aria-label={t('prompts.scope')}
      w="12rem"
      allowDeselect={false}
      data={[{ value: ALL, label: t('prompts.allSites') }, ...options]}
      value={view.siteId ?? ALL}
      onChange={(siteId) => change({ siteId: siteId === null || siteId === ALL ? null : siteId })}
    />
  );
}
