/** How the window looks for this user: theme, row height, folded bars. One place to read and to change them. */
import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { type Density, DensityProvider } from '../kit/density';

export type Preferences = {
  density: Density;
  setDensity: (density: Density) => void;
  colorScheme: MantineColorScheme;
  setColorScheme: (scheme: MantineColorScheme) => void;
  isSidebarFolded: boolean;
  foldSidebar: (folded: boolean) => void;
  isFooterFolded: boolean;
  foldFooter: (folded: boolean) => void;
};

const PreferencesContext = createContext<Preferences | null>(null);

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = useState<Density>('normal');
  const [isSidebarFolded, foldSidebar] = useState(false);
  const [isFooterFolded, foldFooter] = useState(false);
  const preferences = useMemo<Preferences>(
    () => ({
      density,
      setDensity,
      colorScheme,
      setColorScheme,
      isSidebarFolded,
      foldSidebar,
      isFooterFolded,
      foldFooter,
    }),
    [density, colorScheme, setColorScheme, isSidebarFolded, isFooterFolded],
  );
  return (
    <PreferencesContext.Provider value={preferences}>
      <DensityProvider density={density}>{children}</DensityProvider>
    </PreferencesContext.Provider>
  );
}

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (preferences === null) throw new Error('usePreferences outside PreferencesProvider');
  return preferences;
}
