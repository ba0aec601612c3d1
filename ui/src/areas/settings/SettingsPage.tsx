/** Settings: how the window looks, the zone, how the app lives on the desktop, and what it tells. */
import { useTranslation } from 'react-i18next';
import { Page } from '../../kit/Page';
import { PageTabs } from '../../kit/PageTabs';
import { useTab } from '../../kit/useTab';
import { AppearanceSettings } from './AppearanceSettings';
import { DesktopSettings } from './DesktopSettings';
import { NoticeSettings } from './NoticeSettings';
import { QuietHours } from './QuietHours';
import classes from './settings.module.css';
import { ZoneSetting } from './ZoneSetting';

const TABS = ['general', 'notifications'] as const;

export function SettingsPage() {
  const { t } = useTranslation();
  const [tab, setTab] = useTab(TABS);
  return (
    <Page title={t('frame.page.settings')}>
      <PageTabs
        label={t('settings.tabs')}
        tabs={TABS.map((id) => ({ id, label: t(`settings.tab.${id}`) }))}
        open={tab}
        onOpen={setTab}
      >
        <div className={classes.sections}>
          {tab === 'general' && (
            <>
              <AppearanceSettings />
              <ZoneSetting />
              <DesktopSettings />
            </>
          )}
          {tab === 'notifications' && (
            <>
              <QuietHours />
              <NoticeSettings />
            </>
          )}
        </div>
      </PageTabs>
    </Page>
  );
}
