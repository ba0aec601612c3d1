/** How the app lives on the desktop: in the tray, from login on, in the system's notifications. What is not there is said. */
import { Skeleton, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { problemOf, tell } from '../../data/problems';
import { ErrorState } from '../../kit/ErrorState';
import { Section } from './Section';

export function DesktopSettings() {
  const { t } = useTranslation();
  const { data: desktop, error, refetch } = useCommand('desktop', []);
  const problem = problemOf(error);
  const tray = useAct('closesToTraySet');
  const login = useAct('startsAtLoginSet');
  return (
    <Section title={t('settings.desktop.title')} lead={t('settings.desktop.lead')}>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {problem === null && desktop === undefined && <Skeleton height="6rem" />}
      {desktop !== undefined && (
        <>
          <Switch
            label={t('settings.desktop.tray')}
            description={t(desktop.hasTray ? 'settings.desktop.trayHint' : 'settings.desktop.noTray')}
            checked={desktop.closesToTray}
            disabled={!desktop.hasTray || tray.isPending}
            onChange={({ currentTarget }) => tray.mutate([currentTarget.checked], { onError: tell })}
          />
          <Switch
            label={t('settings.desktop.login')}
            description={t(desktop.canStartAtLogin ? 'settings.desktop.loginHint' : 'settings.desktop.noLogin')}
            checked={desktop.startsAtLogin}
            disabled={!desktop.canStartAtLogin || login.isPending}
            onChange={({ currentTarget }) => login.mutate([currentTarget.checked], { onError: tell })}
          />
          {desktop.hasPopups === false && <Text c="dimmed">{t('settings.desktop.noPopups')}</Text>}
        </>
      )}
    </Section>
  );
}
