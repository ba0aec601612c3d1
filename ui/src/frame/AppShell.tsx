/** The frame around every page: sidebar, header, content, footer, and what floats above them. */
import { Notifications } from '@mantine/notifications';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SlotProvider } from '../kit/slots';
import classes from './AppShell.module.css';
import { BooksBanner } from './BooksBanner';
import { Footer } from './Footer';
import { Header } from './Header';
import { Palette } from './Palette';
import { PausedBanner } from './PausedBanner';
import { usePreferences } from './preferences';
import { ShortcutsDialog } from './ShortcutsDialog';
import { Sidebar } from './Sidebar';
import { StoppedBanner } from './StoppedBanner';
import { SystemNotices } from './SystemNotices';

const CONTENT_ID = 'content';
/** Most messages that take room from the page at once; more wait. */
const TOASTS_MAX = 3;

export function AppShell() {
  const { t } = useTranslation();
  const { sidebarCollapsed, footerFolded } = usePreferences();
  return (
    <SlotProvider>
      <div
        className={classes.shell}
        data-sidebar={sidebarCollapsed ? 'folded' : 'open'}
        data-footer={footerFolded ? 'folded' : 'open'}
      >
        <button type="button" className={classes.skip} onClick={() => document.getElementById(CONTENT_ID)?.focus()}>
          {t('frame.skip')}
        </button>
        <Sidebar />
        <Header />
        <div className={classes.notices}>
          <BooksBanner />
          <StoppedBanner />
          <PausedBanner />
        </div>
        <main id={CONTENT_ID} className={classes.content} tabIndex={-1}>
          <Outlet />
        </main>
        <div className={classes.toasts}>
          {/* Drawers open at the right, with their buttons at the bottom. */}
          <Notifications
            position="bottom-left"
            withinPortal={false}
            limit={TOASTS_MAX}
            classNames={{ root: classes.toastList ?? '', notification: classes.toast ?? '' }}
          />
        </div>
        <Footer />
      </div>
      <Palette />
      <ShortcutsDialog />
      <SystemNotices />
    </SlotProvider>
  );
}
