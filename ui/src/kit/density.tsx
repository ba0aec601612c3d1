/** The height of table rows, which the user chooses; the numbers themselves are theme tokens. */
import { useMantineTheme } from '@mantine/core';
import { createContext, type ReactNode, useContext } from 'react';

export const DENSITIES = ['compact', 'normal', 'roomy'] as const;
export type Density = (typeof DENSITIES)[number];

const DensityContext = createContext<Density>('normal');

export function DensityProvider({ density, children }: { density: Density; children: ReactNode }) {
  return <DensityContext.Provider value={density}>{children}</DensityContext.Provider>;
}

/** Height of a row in pixels, under the chosen density. */
export function useRowHeight(): number {
  const { other } = useMantineTheme();
  return other.rowHeights[useContext(DensityContext)];
}
