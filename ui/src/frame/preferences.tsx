/**
 * How the window looks for this user: theme, row height, folded sidebar. The host keeps them; a change shows at once and
 * is saved behind it.
 */
import { useMantineColorScheme } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useAct, useCommand } from '../data/command';
import { tell } from '../data/problems';
import type { Appearance } from '../host';
import { DensityProvider } from '../kit/density';

export type Preferences = Appearance & {
  change: (part: Partial<Appearance>) => void;
  /** The footer is folded for as long as the window is open. */
  footerFolded: boolean;
  foldFooter: (folded: boolean) => void;
};

/** Until the host has answered. */
const AT_FIRST: Appearance = { colorScheme: 'auto', density: 'normal', sidebarCollapsed: false };

const PreferencesContext = createContext<Preferences | null>(null);

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const { setColorScheme } = useMantineColorScheme();
  const { data: saved } = useCommand('appearance', []);
  const { mutate: save } = useAct('appearanceSave');
  const [chosen, setChosen] = useState<Appearance>(saved ?? AT_FIRST);
  const [footerFolded, foldFooter] = useState(false);

  useEffect(() => {
    if (saved !== undefined) setChosen(saved);
  }, [saved]);
  useEffect(() => setColorScheme(chosen.colorScheme), [chosen.colorScheme, setColorScheme]);

  const change = useCallback(
    (part: Partial<Appearance>) => {
      const next = { ...chosen, ...part };
      setChosen(next);
      save([next], { onError: tell });
    },
    [chosen, save],
  );
  const preferences = useMemo(() => ({ ...chosen, change, footerFolded, foldFooter }), [chosen, change, footerFolded]);
  return (
    <PreferencesContext.Provider value={preferences}>
      <DensityProvider density={chosen.density}>{children}</DensityProvider>
    </PreferencesContext.Provider>
  );
}

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (preferences === null) throw new Error('usePreferences outside PreferencesProvider');
  return preferences;
}
