/**
 * The system's notifications, put into words: the host says what is to be shown, this page says it, the host shows it. A
 * click on one, and the tray, lead back here.
 */
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { targetOf } from '../areas/notifications/target';
import { useHost } from '../data/host';
import type { NotificationRow, Popup } from '../host';
import { formatCount } from '../kit/format';
import { noticeWords } from '../parts/noticeWords';

/** Notices shown lately, for clicks on them; of older ones the list is opened. */
const KEPT_MAX = 50;

export function SystemNotices() {
  const { t } = useTranslation();
  const host = useHost();
  const navigate = useNavigate();
  const shown = useRef(new Map<string, NotificationRow>());

  useEffect(() => {
    const show = ({ notice, count }: Popup) => {
      const several = t('notices.several', { count, amount: formatCount(count) });
      if (notice !== null) keep(shown.current, notice);
      const [title, body] =
        notice === null ? [several, t('notices.severalBody')] : [t('frame.product'), noticeWords(notice)];
      void host.commands.popupShow(notice?.id ?? null, title, body);
    };
    const follow = (id: string | null) => {
      const notice = id === null ? undefined : shown.current.get(id);
      const target = notice === undefined ? null : targetOf(notice);
      void navigate(target ?? { to: '/notifications' });
      if (notice !== undefined) void host.commands.notificationsMarkRead([notice.id]);
    };
    const unlisten = [host.onPopup(show), host.onSummoned(follow)];
    // Only now: what is shown before anybody listens is not shown.
    void host.commands.popupsBegin();
    return () => {
      for (const end of unlisten) end();
    };
  }, [host, navigate, t]);
  return null;
}

function keep(shown: Map<string, NotificationRow>, notice: NotificationRow) {
  shown.set(notice.id, notice);
  const [oldest] = shown.keys();
  if (shown.size > KEPT_MAX && oldest !== undefined) shown.delete(oldest);
}
