/** The height of table rows, which the user chooses; the numbers themselves are theme tokens. */
import { useMantineTheme } from '@mantine/core';
import { createContext, type ReactNode, useContext } from 'react';

export const DENSITIES = ['compact', 'normal', 'roomy'] as const;
export type Density = (typeof DENSITIES)[number];

const DensityContext = createContext<Density>('normal');

export function DensityProvider({ density, children }: { density: Density; children: ReactNode }) {
  return <DensityContext.Provider value={density}>{children}</DensityContext.Provider>;
}

/** What stands in the rows of a list. */
export type RowKind = 'text' | 'pictures';

/** Height of a row in pixels: of text under the chosen density, of pictures always as high as they need. */
export function useRowHeight(kind: RowKind = 'text'): number {
  const { other } = useMantineTheme();
  const density = useContext(DensityContext);
  return other.rowHeights[kind === 'pictures' ? 'pictures' : density];
}
