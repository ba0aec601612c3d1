/** Every part of the kit on one page, over demo data, to be looked at and photographed. */
import { Notifications } from '@mantine/notifications';
import { createRoot } from 'react-dom/client';
import { ClockProvider } from '../../src/kit/clock';
import { startMessages } from '../../src/messages/i18n';
import { memoryColorScheme } from '../../src/theme/colorScheme';
import { ThemeProvider } from '../../src/theme/ThemeProvider';
import { Gallery } from './Gallery';

const NOW = new Date('2026-11-23T12:00:00Z');
const scheme = memoryColorScheme('auto');
const readNow = () => NOW;

startMessages();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <ThemeProvider colorScheme={scheme}>
      <ClockProvider read={readNow}>
        <Gallery part={new URLSearchParams(window.location.search).get('part') ?? 'table'} />
        <Notifications position="bottom-right" />
      </ClockProvider>
    </ThemeProvider>,
  );
}
