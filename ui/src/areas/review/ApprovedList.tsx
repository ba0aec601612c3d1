/** Approved articles and how each stands with the site; from here they are published, and nowhere else in bulk. */
import { Button } from '@mantine/core';
import i18next from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listFilter, useFilters, useList } from '../../data/list';
import type { Scope } from '../../data/scope';
import type { ContentRow, SiteView } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { DataTable } from '../../kit/table/DataTable';
import type { Column } from '../../kit/table/types';
import { useListView } from '../../kit/table/useListView';
import { articleColumns } from '../../parts/articleColumns';
import { articleFilters } from '../../parts/articleFilters';
import { PublishDialog } from '../../parts/PublishDialog';
import { deliveryWords, type PublishRequest } from '../../parts/publishing';
import { ReceiptDrawer } from '../../parts/ReceiptDrawer';
import { ScheduleDialog } from '../../parts/ScheduleDialog';
import { useApprovedActs } from '../../parts/useApprovedActs';

const idOf = (row: ContentRow) => row.id;
const nameOf = (row: ContentRow) => row.title;

type Props = { site: SiteView; sector: Scope['sector']; onReview: () => void };

export function ApprovedList({ site, sector, onReview }: Props) {
  const { t } = useTranslation();
  const [view, setView] = useListView();
  const filter = { ...listFilter({ site, sector }, view), status: ['approved'] };
  const source = useList('contents', filter, view.sort);
  const words = useMemo(() => articleFilters('delivery', 'clusterId'), []);
  const filters = useFilters('contents', filter, words);
  const [asked, setAsked] = useState<{ request: PublishRequest; clear?: (() => void) | undefined } | null>(null);
  const [receiptOf, setReceiptOf] = useState<string | null>(null);
  const [planned, setPlanned] = useState<{ ids: readonly string[]; clear?: (() => void) | undefined } | null>(null);
  const { rowActions, bulkActions } = useApprovedActs({
    filter,
    sort: view.sort,
    loaded: source.rows,
    onPublish: (request, clear) => setAsked({ request, clear }),
    onReceipt: setReceiptOf,
    onSchedule: (ids, clear) => setPlanned({ ids, clear }),
  });
  const columns = useMemo(approvedColumns, []);
  return (
    <>
      <DataTable
        title={t('review.tab.approved')}
        columns={columns}
        rowId={idOf}
        rowName={nameOf}
        source={source}
        view={view}
        onViewChange={setView}
        filters={filters}
        rowActions={rowActions}
        bulkActions={bulkActions}
        empty={
          <EmptyState
            drawing="check"
            sentence={t('review.approvedEmpty')}
            action={
              <Button variant="default" onClick={onReview}>
                {t('review.approvedEmptyAction')}
              </Button>
            }
          />
        }
      />
      <PublishDialog
        request={asked?.request ?? null}
        site={site.name}
        onClose={() => setAsked(null)}
        onStarted={() => asked?.clear?.()}
      />
      <ScheduleDialog
        ids={planned?.ids ?? null}
        zone={site.zone}
        onClose={() => setPlanned(null)}
        onDone={() => planned?.clear?.()}
      />
      <ReceiptDrawer contentId={receiptOf} onClose={() => setReceiptOf(null)} />
    </>
  );
}

function approvedColumns(): Column<ContentRow>[] {
  const { title, cluster, words, images, delivery, updated } = articleColumns();
  const published: Column<ContentRow> = {
    id: 'publishedAt',
    header: i18next.t('review.published'),
    type: 'time',
    value: (row) => row.publishedAt,
    sortable: true,
  };
  const goesOut: Column<ContentRow> = {
    id: 'scheduledPublishAt',
    header: i18next.t('schedule.column'),
    type: 'time',
    value: (row) => (row.delivery === 'scheduled' ? row.scheduledAt : null),
    sortable: true,
  };
  const why: Column<ContentRow> = {
    id: 'why',
    header: i18next.t('review.whyFailed'),
    type: 'text',
    value: ({ failure }) => (failure === null ? null : deliveryWords(failure)),
    width: 56,
    yields: 'last',
  };
  return [title, cluster, words, { ...images, hiddenAtFirst: true }, delivery, goesOut, why, published, updated];
}
