/** The command palette: pages, sites and window settings by name, from anywhere by Ctrl or Command and K. */
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { Moon, Pause, Rows2, Rows3, Rows4, Search, Sun, SunMoon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../data/scope';
import { LetterBadge } from '../kit/LetterBadge';
import { useAllWork } from '../parts/allWork';
import { NAV } from './nav';
import { usePreferences } from './preferences';

export function Palette() {
  const { t } = useTranslation();
  const groups = [usePages(), useSites(), useWindowActions()].filter(({ actions }) => actions.length > 0);
  return (
    <Spotlight
      actions={groups}
      shortcut="mod + K"
      nothingFound={t('frame.palette.nothing')}
      overlayProps={{ blur: 0, backgroundOpacity: 0.45 }}
      scrollable
      maxHeight="24rem"
      searchProps={{
        size: 'lg',
        leftSection: <Search size="1rem" aria-hidden />,
        placeholder: t('frame.palette.placeholder'),
        'aria-label': t('frame.palette.placeholder'),
      }}
    />
  );
}

function usePages(): SpotlightActionGroupData {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const pages = NAV.flatMap(({ pages }) => pages);
  return {
    group: t('frame.palette.pages'),
    actions: pages.map(({ to, label, icon: Icon }) => ({
      id: `page-${label}`,
      label: t(`frame.page.${label}`),
      leftSection: <Icon size="1rem" aria-hidden />,
      onClick: () => void navigate({ to }),
    })),
  };
}

function useSites(): SpotlightActionGroupData {
  const { t } = useTranslation();
  const { sites, chooseSite } = useScope();
  return {
    group: t('frame.palette.sites'),
    actions: sites.map(({ id, name, url, brandColor }) => ({
      id: `site-${id}`,
      label: name,
      description: url,
      leftSection: <LetterBadge name={name} color={brandColor} />,
      onClick: () => chooseSite(id),
    })),
  };
}

function useWindowActions(): SpotlightActionGroupData {
  const { t } = useTranslation();
  const { change } = usePreferences();
  const { since, pause } = useAllWork();
  // While all is paused, the way on stands above every page, with its price.
  const pauses = {
    id: 'all-work',
    label: t('frame.allWork.pause'),
    leftSection: <Pause size="1rem" aria-hidden />,
    onClick: pause,
  };
  return {
    group: t('frame.palette.actions'),
    actions: [
      ...(since === null ? [pauses] : []),
      {
        id: 'light',
        label: t('frame.palette.light'),
        leftSection: <Sun size="1rem" aria-hidden />,
        onClick: () => change({ colorScheme: 'light' }),
      },
      {
        id: 'dark',
        label: t('frame.palette.dark'),
        leftSection: <Moon size="1rem" aria-hidden />,
        onClick: () => change({ colorScheme: 'dark' }),
      },
      {
        id: 'auto',
        label: t('frame.palette.system'),
        leftSection: <SunMoon size="1rem" aria-hidden />,
        onClick: () => change({ colorScheme: 'auto' }),
      },
      {
        id: 'compact',
        label: t('frame.palette.densityCompact'),
        leftSection: <Rows4 size="1rem" aria-hidden />,
        onClick: () => change({ density: 'compact' }),
      },
      {
        id: 'normal',
        label: t('frame.palette.densityNormal'),
        leftSection: <Rows3 size="1rem" aria-hidden />,
        onClick: () => change({ density: 'normal' }),
      },
      {
        id: 'roomy',
        label: t('frame.palette.densityRoomy'),
        leftSection: <Rows2 size="1rem" aria-hidden />,
        onClick: () => change({ density: 'roomy' }),
      },
    ],
  };
}
