/** The pages, in groups, under the current site. Folded it keeps its icons and names them on hover. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../kit/Mark';
import { HOME, NAV, type NavPage } from './nav';
import { usePreferences } from './preferences';
import classes from './Sidebar.module.css';
import { SiteSwitcher } from './SiteSwitcher';

/** As in the stylesheet of the shell: below this the sidebar is folded whatever was chosen. */
const NARROW = '(max-width: 68em)';

export function Sidebar() {
  const { t } = useTranslation();
  const { sidebarCollapsed, change } = usePreferences();
  const narrow = useMediaQuery(NARROW, false);
  const folded = sidebarCollapsed || narrow;
  const Fold = folded ? PanelLeftOpen : PanelLeftClose;
  const foldLabel = t(folded ? 'frame.nav.unfold' : 'frame.nav.fold');
  return (
    <aside className={classes.sidebar} data-folded={folded || undefined}>
      <div className={classes.brand}>
        <Link to={HOME} className={classes.home} aria-label={t('frame.product')}>
          <Mark size="var(--size-mark-small)" />
          {!folded && <span className={classes.product}>{t('frame.product')}</span>}
        </Link>
        {!narrow && !folded && (
          <FoldButton
            label={foldLabel}
            icon={<Fold size="1rem" aria-hidden />}
            onClick={() => change({ sidebarCollapsed: true })}
          />
        )}
      </div>
      <SiteSwitcher folded={folded} />
      <nav className={classes.nav} aria-label={t('frame.nav.label')}>
        {NAV.map((group, at) => (
          <div key={group.label ?? `group-${at}`} className={classes.group}>
            {group.label !== null && !folded && (
              <div className={classes.groupLabel}>{t(`frame.nav.${group.label}`)}</div>
            )}
            {group.pages.map((page) => (
              <NavItem key={page.to} page={page} folded={folded} />
            ))}
          </div>
        ))}
      </nav>
      {!narrow && folded && (
        <FoldButton
          label={foldLabel}
          icon={<Fold size="1rem" aria-hidden />}
          onClick={() => change({ sidebarCollapsed: false })}
        />
      )}
    </aside>
  );
}

function NavItem({ page, folded }: { page: NavPage; folded: boolean }) {
  const { t } = useTranslation();
  const label = t(`frame.page.${page.label}`);
  const Icon = page.icon;
  return (
    <Tooltip label={label} position="right" disabled={!folded} openDelay={0}>
      <Link
        to={page.to}
        className={classes.item}
        activeOptions={{ exact: page.to === HOME, includeSearch: false }}
        {...(folded ? { 'aria-label': label } : {})}
      >
        <Icon size="1rem" aria-hidden />
        {!folded && label}
      </Link>
    </Tooltip>
  );
}

type FoldProps = { label: string; icon: React.ReactNode; onClick: () => void };

function FoldButton({ label, icon, onClick }: FoldProps) {
  return (
    <Tooltip label={label} position="right">
      <ActionIcon aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
