/** The bell: says how many notices are unread. */
import { ActionIcon, Indicator, Tooltip } from '@mantine/core';
import { Bell } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../data/command';
import { NO_FILTER } from '../data/list';
import type { ListQuery } from '../host';

/** Every page of notices carries the unread count; the smallest page is enough for the bell. */
const NEWEST: ListQuery = {
  filter: NO_FILTER,
  sort: null,
  cursor: null,
  limit: 1,
};

export function NotificationBell() {
  const { t } = useTranslation();
  const { data } = useCommand('notifications', [NEWEST]);
  const unread = data?.unread ?? 0;
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
