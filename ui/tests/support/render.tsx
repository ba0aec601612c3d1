/** Renders a part of the interface as the app would: theme, words, a fixed clock. */
import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type { ReactElement, ReactNode } from 'react';
import { ClockProvider } from '../../src/kit/clock';
import { memoryColorScheme } from '../../src/theme/colorScheme';
import { theme } from '../../src/theme/theme';
import { cssVariables } from '../../src/theme/variables';

export const NOW = new Date('2026-11-23T12:00:00Z');
const readNow = () => NOW;
const light = memoryColorScheme('light');

export function renderInTheme(element: ReactElement) {
  return render(element, { wrapper: Surroundings });
}

/** The `test` environment of Mantine renders without transitions and portals. */
function Surroundings({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} colorSchemeManager={light} env="test">
      <ClockProvider read={readNow}>{children}</ClockProvider>
    </MantineProvider>
  );
}
