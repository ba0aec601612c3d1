/** The bell: says how many notices are unread, and leads to them. */
import { ActionIcon, Indicator, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
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

/** Larger counts would not fit. */
const MOST = 99;

export function NotificationBell() {
  const { t } = useTranslation();
  const { data } = useCommand('notifications', [NEWEST]);
  const unread = data?.unread ?? 0;
  const label = unread === 0 ? t('frame.header.notifications') : t('frame.header.unread', { count: unread });
  return (
    <Tooltip label={label}>
      <Indicator
        disabled={unread === 0}
        color="accent"
        size={16}
        offset={6}
        styles={{ indicator: { color: 'var(--color-on-accent)' } }}
        label={unread > MOST ? `${MOST}+` : unread}
      >
        <ActionIcon component={Link} to="/notifications" size="lg" aria-label={label}>
          <Bell size="1.125rem" aria-hidden />
        </ActionIcon>
      </Indicator>
    </Tooltip>
  );
}
