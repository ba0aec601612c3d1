/** Articles in draft: read, illustrate, send to review, remove. */
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listFilter, useFilters, useList } from '../../data/list';
import type { Scope } from '../../data/scope';
import type { ContentRow, OperationRequest, SiteView } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { DataTable } from '../../kit/table/DataTable';
import { useListView } from '../../kit/table/useListView';
import { articleColumns } from '../../parts/articleColumns';
import { articleFilters } from '../../parts/articleFilters';
import { addressOf } from '../../parts/pages';
import { StartDialog } from '../../parts/StartDialog';
import { IS_DRAFT } from './states';
import { useDraftActs } from './useDraftActs';

const idOf = (row: ContentRow) => row.id;
const nameOf = (row: ContentRow) => row.title;

export type DraftListProps = {
  site: SiteView;
  sector: Scope['sector'];
  onStarted: (id: string) => void;
};

export function DraftList({ site, sector, onStarted }: DraftListProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [view, setView] = useListView();
  const filter = { ...listFilter({ site, sector }, view), status: [...IS_DRAFT] };
  const source = useList('contents', filter, view.sort);
  const words = useMemo(() => articleFilters('clusterId', 'contentStructure'), []);
  const filters = useFilters('contents', filter, words);
  const [asked, setAsked] = useState<{ request: OperationRequest; clear?: (() => void) | undefined } | null>(null);
  const { rowActions, bulkActions } = useDraftActs({
    siteId: site.id,
    filter,
    onAsk: (request, clear) => setAsked({ request, clear }),
  });
  const columns = useMemo(() => {
    const { title, cluster, structure, words, outline, images, updated } = articleColumns();
    return [title, cluster, structure, words, outline, images, updated];
  }, []);
  return (
    <>
      <DataTable
        title={t('frame.page.drafts')}
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
            drawing="page"
            sentence={t('drafts.empty')}
            action={
              <Button variant="default" onClick={() => void navigate(addressOf('ideas'))}>
                {t('drafts.emptyAction')}
              </Button>
            }
          />
        }
      />
      <StartDialog
        request={asked?.request ?? null}
        onClose={() => setAsked(null)}
        onStarted={(id) => {
          onStarted(id);
          asked?.clear?.();
        }}
      />
    </>
  );
}
