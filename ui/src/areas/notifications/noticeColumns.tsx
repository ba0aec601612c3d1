/** Columns and filters of the notifications page. */
import i18next from 'i18next';
import { statusOf, wordOf } from '../../data/status';
import type { NotificationRow, SiteView } from '../../host';
import type { Column, Filter } from '../../kit/table/types';
import { noticeWords } from '../../parts/noticeWords';
import classes from './notifications.module.css';

const SEVERITIES = ['info', 'success', 'warning', 'error'];
const GROUPS = ['work', 'articles', 'publishing', 'automation', 'credits', 'sites', 'models', 'system'] as const;

export function noticeColumns(sites: readonly SiteView[]): Column<NotificationRow>[] {
  const { t } = i18next;
  const names = new Map(sites.map(({ id, name }) => [id, name]));
  return [
    {
      id: 'severity',
      header: t('notifications.column.severity'),
      type: 'status',
      value: (row) => statusOf('severity', row.severity),
      width: 27,
      fixed: true,
    },
    { id: 'what', header: t('notifications.column.what'), type: 'custom', fixed: true, cell: sentence },
    {
      id: 'siteId',
      header: t('notifications.column.site'),
      type: 'text',
      value: (row) => (row.siteId === null ? null : (names.get(row.siteId) ?? null)),
      width: 34,
    },
    {
      id: 'createdAt',
      header: t('notifications.column.when'),
      type: 'time',
      value: (row) => row.createdAt,
    },
  ];
}

function sentence(row: NotificationRow) {
  const words = noticeWords(row);
  return (
    <span className={row.isRead ? classes.read : classes.unread} title={words}>
      {!row.isRead && <span className={classes.mark}>{i18next.t('notifications.unread')}</span>}
      {words}
    </span>
  );
}

/** Filters of notices. What was seen cannot be asked for alone; what was told to nobody is only shown when asked for. */
export function noticeFilters(sites: readonly SiteView[]): Filter[] {
  const { t } = i18next;
  return [
    {
      id: 'status',
      label: t('notifications.filter.status'),
      allLabel: t('notifications.filter.allStatuses'),
      options: [
        { value: 'unread', label: t('notifications.filter.unread') },
        { value: 'silent', label: t('notifications.filter.silent') },
      ],
    },
    {
      id: 'kind',
      label: t('notifications.filter.severity'),
      allLabel: t('notifications.filter.allSeverities'),
      options: SEVERITIES.map((value) => ({ value, label: wordOf('severity', value) })),
    },
    {
      id: 'group',
      label: t('notifications.filter.group'),
      allLabel: t('notifications.filter.allGroups'),
      options: GROUPS.map((value) => ({ value, label: t(`notifications.group.${value}`) })),
    },
    {
      id: 'siteId',
      label: t('notifications.filter.site'),
      allLabel: t('notifications.filter.allSites'),
      options: sites.map(({ id, name }) => ({ value: id, label: name })),
    },
  ];
}
