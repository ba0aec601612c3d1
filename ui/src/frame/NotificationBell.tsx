/** The bell: says how many notices are unread. */
import { ActionIcon, Indicator, Tooltip } from '@mantine/core';
import { Bell } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../data/command';

export function NotificationBell() {
  const { t } = useTranslation();
  const { data: unread = 0 } = useCommand('unreadCount', []);
  const label = unread === 0 ? t('frame.header.notifications') : t('frame.header.unread', { count: unread });
  return (
    <Tooltip label={label}>
      <Indicator disabled={unread === 0} color="accent" size={8} offset={8}>
        <ActionIcon size="lg" aria-label={label}>
          <Bell size="1.125rem" aria-hidden />
        </ActionIcon>
      </Indicator>
    </Tooltip>
  );
}
