/** What is on its way to a site, waits for it, or cannot arrive: each with the reason, the next try, and what to do about it. */
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { NO_FILTER, useList } from '../../data/list';
import type { OutboxRow } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { formatCount } from '../../kit/format';
import { Page } from '../../kit/Page';
import { DataTable } from '../../kit/table/DataTable';
import { useListView } from '../../kit/table/useListView';
import { FooterFacts } from '../../parts/FooterFacts';
import { outboxColumns, outboxFilters } from './outboxColumns';
import { useOutboxActs } from './useOutboxActs';

const idOf = (row: OutboxRow) => row.id;
const nameOf = (row: OutboxRow) => row.article;
const PARKED = { filter: { ...NO_FILTER, status: ['parked'] }, sort: null, cursor: null, limit: 1 };

export function OutboxPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [view, setView] = useListView();
  const { data: sites } = useCommand('sites', []);
  const { status, siteId = null } = view.filters;
  const filter = { ...NO_FILTER, siteId, status: status === undefined ? [] : [status] };
  const source = useList('outbox', filter, null);
  const { data: parked } = useCommand('outbox', [PARKED]);
  const { rowActions, bulkActions, retryAll } = useOutboxActs(filter);
  const columns = useMemo(outboxColumns, []);
  const filters = useMemo(() => outboxFilters(sites ?? []), [sites]);
  return (
    <Page
      title={t('frame.page.outbox')}
      count={source.total}
      actions={
        (source.total ?? 0) > 0 && (
          <Button variant="default" leftSection={<RotateCw size="1rem" aria-hidden />} onClick={retryAll}>
            {t('outbox.act.retryAll')}
          </Button>
        )
      }
    >
      <DataTable
        title={t('frame.page.outbox')}
        columns={columns}
        rowId={idOf}
        rowName={nameOf}
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
            sentence={t('outbox.empty')}
            action={
              <Button variant="default" onClick={() => void navigate({ to: '/review' })}>
                {t('outbox.emptyAction')}
              </Button>
            }
          />
        }
      />
      {parked !== undefined && (
        <FooterFacts
          slot="page-progress"
          label={t('outbox.factsOf')}
          facts={[{ label: t('outbox.facts.parked'), value: formatCount(parked.total) }]}
        />
      )}
    </Page>
  );
}
