/** What is on the site: when each article went public and where it stands there, with its proof and the way to it. */
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import i18next from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listFilter, useFilters, useList } from '../../data/list';
import { type Scope, useScope } from '../../data/scope';
import type { ContentRow, SiteView } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { Page } from '../../kit/Page';
import { DataTable } from '../../kit/table/DataTable';
import type { Column, Sort } from '../../kit/table/types';
import { useListView } from '../../kit/table/useListView';
import { articleColumns } from '../../parts/articleColumns';
import { articleFilters } from '../../parts/articleFilters';
import { NoSite } from '../../parts/NoSite';
import { PublishDialog } from '../../parts/PublishDialog';
import { addressOf } from '../../parts/pages';
import type { PublishRequest } from '../../parts/publishing';
import { ReceiptDrawer } from '../../parts/ReceiptDrawer';
import { useApprovedActs } from '../../parts/useApprovedActs';

const idOf = (row: ContentRow) => row.id;
const nameOf = (row: ContentRow) => row.title;
const NEWEST_FIRST: Sort = { column: 'publishedAt', descending: true };
/** What is public has its time: none is given here. */
const plansNothing = () => undefined;

export function PublishedPage() {
  const { t } = useTranslation();
  const { site, sector, isLoading } = useScope();
  if (site === null) return <Page title={t('frame.page.published')}>{isLoading ? null : <NoSite />}</Page>;
  return <Published key={site.id} site={site} sector={sector} />;
}

function Published({ site, sector }: { site: SiteView; sector: Scope['sector'] }) {
  const { t } = useTranslation();
  const [view, setView] = useListView();
  const filter = { ...listFilter({ site, sector }, view), status: ['approved'], delivery: ['published'] };
  const source = useList('contents', filter, view.sort ?? NEWEST_FIRST);
  const words = useMemo(() => articleFilters('clusterId', 'contentStructure'), []);
  const filters = useFilters('contents', filter, words);
  const [asked, setAsked] = useState<PublishRequest | null>(null);
  const [receiptOf, setReceiptOf] = useState<string | null>(null);
  const { rowActions } = useApprovedActs({
    filter,
    sort: view.sort,
    loaded: source.rows,
    onPublish: setAsked,
    onReceipt: setReceiptOf,
    onSchedule: plansNothing,
  });
  const columns = useMemo(publishedColumns, []);
  return (
    <Page title={t('frame.page.published')} count={source.total}>
      <DataTable
        title={t('frame.page.published')}
        columns={columns}
        rowId={idOf}
        rowName={nameOf}
        source={source}
        view={view}
        onViewChange={setView}
        filters={filters}
        rowActions={rowActions}
        empty={
          <EmptyState
            drawing="check"
            sentence={t('published.empty', { site: site.name })}
            action={
              <Button component={Link} variant="default" {...addressOf('review', undefined, 'approved')}>
                {t('published.emptyAction')}
              </Button>
            }
          />
        }
      />
      <PublishDialog request={asked} site={site.name} onClose={() => setAsked(null)} />
      <ReceiptDrawer contentId={receiptOf} onClose={() => setReceiptOf(null)} />
    </Page>
  );
}

function publishedColumns(): Column<ContentRow>[] {
  const { title, cluster, structure, words, images, delivery, updated } = articleColumns();
  const published: Column<ContentRow> = {
    id: 'publishedAt',
    header: i18next.t('published.column.at'),
    type: 'time',
    value: (row) => row.publishedAt,
    sortable: true,
    yields: 'never',
  };
  const address: Column<ContentRow> = {
    id: 'address',
    header: i18next.t('published.column.address'),
    type: 'text',
    value: (row) => pathOf(row.externalUrl),
    width: 50,
    yields: 'last',
  };
  return [title, address, delivery, published, words, images, cluster, structure, { ...updated, hiddenAtFirst: true }];
}

/** What tells it from others of its site: the path of an address, or a file. */
function pathOf(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return address;
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}
