/** Everything that happened, newest first, each in a sentence that leads to what it is about. */
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { BellRing, CheckCheck, CornerUpRight, MailOpen, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { idsChosen } from '../../data/chosen';
import { useAct, useCommand } from '../../data/command';
import { useHost } from '../../data/host';
import { NO_FILTER, useList } from '../../data/list';
import { tell } from '../../data/problems';
import { useUndoable } from '../../data/undo';
import type { NotificationRow } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { formatCount } from '../../kit/format';
import { Page } from '../../kit/Page';
import { DataTable } from '../../kit/table/DataTable';
import type { BulkAction, RowAction, Selection } from '../../kit/table/types';
import { useListView } from '../../kit/table/useListView';
import { FooterFacts } from '../../parts/FooterFacts';
import { noticeWords } from '../../parts/noticeWords';
import { PAGES } from '../../parts/pages';
import { noticeColumns, noticeFilters } from './noticeColumns';
import { targetOf } from './target';

const ICON = { size: '1rem', 'aria-hidden': true } as const;
const idOf = (row: NotificationRow) => row.id;

export function NotificationsPage() {
  const { t } = useTranslation();
  const { commands } = useHost();
  const navigate = useNavigate();
  const [view, setView] = useListView();
  const { data: sites } = useCommand('sites', []);
  const { kind, group, status, siteId = null } = view.filters;
  const filter = {
    ...NO_FILTER,
    siteId,
    kind: [kind, group].filter((word) => word !== undefined),
    status: status === undefined ? [] : [status],
  };
  const source = useList('notifications', filter, null);
  const { data: newest } = useCommand('notifications', [{ filter: NO_FILTER, sort: null, cursor: null, limit: 1 }]);
  const { mutate: markRead } = useAct('notificationsMarkRead');
  const remove = useUndoable(
    'notificationsRemove',
    'notificationsRestore',
    (_done, [ids]) => [ids],
    (_done, [ids]) => t('notifications.removed', { count: ids.length, amount: formatCount(ids.length) }),
  );
  const columns = useMemo(() => noticeColumns(sites ?? []), [sites]);
  const filters = useMemo(() => noticeFilters(sites ?? []), [sites]);
  const chosen = (selection: Selection, act: (ids: string[]) => void) => {
    idsChosen(commands, 'notifications', selection, filter).then(act).catch(tell);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: removing is the same act at every drawing.
  const rowActions = useMemo<RowAction<NotificationRow>[]>(
    () => [
      {
        id: 'open',
        label: t('notifications.act.open'),
        icon: <CornerUpRight {...ICON} />,
        shortcut: 'open',
        applies: (row) => targetOf(row) !== null,
        run: (row) => {
          const target = targetOf(row);
          if (!row.isRead) markRead([[row.id]], { onError: tell });
          if (target !== null) void navigate(target);
        },
      },
      {
        id: 'read',
        label: t('notifications.act.markRead'),
        icon: <MailOpen {...ICON} />,
        quick: true,
        applies: ({ isRead }) => !isRead,
        run: ({ id }) => markRead([[id]], { onError: tell }),
      },
      {
        id: 'remove',
        label: t('notifications.act.remove'),
        icon: <Trash2 {...ICON} />,
        tone: 'danger',
        run: ({ id }) => void remove([[id]]),
      },
    ],
    [t, markRead, navigate],
  );
  const bulkActions: BulkAction[] = [
    {
      id: 'read',
      label: t('notifications.act.markRead'),
      icon: <MailOpen {...ICON} />,
      run: (selection, clear) => chosen(selection, (ids) => markRead([ids], { onSuccess: clear, onError: tell })),
    },
    {
      id: 'remove',
      label: t('notifications.act.remove'),
      icon: <Trash2 {...ICON} />,
      tone: 'danger',
      run: (selection, clear) => chosen(selection, (ids) => void remove([ids], clear)),
    },
  ];
  return (
    <Page
      title={t('frame.page.notifications')}
      count={source.total}
      actions={
        <>
          <Button
            variant="subtle"
            leftSection={<BellRing {...ICON} />}
            onClick={() => void navigate({ to: PAGES.settings, search: { tab: 'notifications' } as never })}
          >
            {t('notifications.choose')}
          </Button>
          {(newest?.unread ?? 0) > 0 && (
            <Button
              variant="default"
              leftSection={<CheckCheck {...ICON} />}
              onClick={() => markRead([[]], { onError: tell })}
            >
              {t('notifications.act.markAll')}
            </Button>
          )}
        </>
      }
    >
      <DataTable
        title={t('frame.page.notifications')}
        columns={columns}
        rowId={idOf}
        rowName={noticeWords}
        source={source}
        view={view}
        onViewChange={setView}
        filters={filters}
        searchable={false}
        rowActions={rowActions}
        bulkActions={bulkActions}
        empty={
          <EmptyState
            drawing="inbox"
            sentence={t('notifications.empty')}
            action={
              <Button variant="default" onClick={() => void navigate({ to: '/' })}>
                {t('notifications.emptyAction')}
              </Button>
            }
          />
        }
      />
      {newest !== undefined && (
        <FooterFacts
          slot="page-progress"
          label={t('notifications.factsOf')}
          facts={[{ label: t('notifications.facts.unread'), value: formatCount(newest.unread) }]}
        />
      )}
    </Page>
  );
}
