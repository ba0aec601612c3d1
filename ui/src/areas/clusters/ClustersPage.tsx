/** All clusters of a site: what their keywords are searched for, and whether they have ideas yet. */
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listFilter, useFilters, useList } from '../../data/list';
import { useScope } from '../../data/scope';
import { useWaiting, useWatched } from '../../data/work';
import type { AiFunctionView, ClusterRow, OperationRequest } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { Page } from '../../kit/Page';
import { DataTable } from '../../kit/table/DataTable';
import { useListView } from '../../kit/table/useListView';
import { useOpenRow } from '../../kit/table/useOpenRow';
import { NoSite } from '../../parts/NoSite';
import { OperationLines } from '../../parts/OperationLines';
import { addressOf } from '../../parts/pages';
import { StartDialog } from '../../parts/StartDialog';
import { WorkAction } from '../../parts/WorkAction';
import { ClusterDrawer } from './ClusterDrawer';
import { ClusterFacts } from './ClusterFacts';
import { ClusterForm } from './ClusterForm';
import { clusterColumns, clusterFilters } from './clusterColumns';
import { useClusterActs } from './useClusterActs';

const FUNCTIONS: readonly AiFunctionView[] = ['generate_ideas'];
const idOf = (row: ClusterRow) => row.id;
const nameOf = (row: ClusterRow) => row.name;

/** Work that waits for a yes, and what to take back once it was started. */
type Asked = { request: OperationRequest; clear: (() => void) | undefined };

export function ClustersPage() {
  const { t } = useTranslation();
  const scope = useScope();
  const siteId = scope.site?.id ?? null;
  const [view, setView] = useListView();
  const filter = listFilter(scope, view);
  const source = useList('clusters', filter, view.sort, siteId !== null);
  const withSector = scope.sector === null;
  const words = useMemo(() => clusterFilters(t), [t]);
  const filters = useFilters('clusters', filter, words, siteId !== null);
  const columns = useMemo(() => clusterColumns(t, withSector), [t, withSector]);
  const watched = useWatched(siteId, FUNCTIONS);
  const [opened, setOpen] = useOpenRow(source);
  const [edited, setEdited] = useState<ClusterRow | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const findIdeas = (ids: string[], clear?: () => void) => {
    if (siteId !== null) setAsked({ request: { function: 'generate_ideas', siteId, ids }, clear });
  };
  const acts = useClusterActs({ filter, onOpen: setOpen, onEdit: setEdited, onFindIdeas: findIdeas });
  const waiting = useWaiting('generate_ideas', 'clusters', scope);
  /** One panel at a time, so that Escape leaves what one sees. */
  const instead = (act: () => void) => {
    setOpen(null);
    act();
  };
  return (
    <Page
      title={t('frame.page.clusters')}
      count={source.total}
      actions={waiting !== null && <WorkAction request={waiting} onStarted={watched.watch} />}
    >
      <OperationLines watched={watched} />
      {siteId === null && !scope.isLoading ? (
        <NoSite />
      ) : (
        <DataTable
          title={t('frame.page.clusters')}
          columns={columns}
          rowId={idOf}
          rowName={nameOf}
          source={source}
          view={view}
          onViewChange={setView}
          filters={filters}
          rowActions={acts.rowActions}
          bulkActions={acts.bulkActions}
          empty={<Nothing />}
        />
      )}
      <ClusterDrawer
        row={opened}
        siteId={siteId}
        onClose={() => setOpen(null)}
        onEdit={(row) => instead(() => setEdited(row))}
        onFindIdeas={(ids) => instead(() => findIdeas(ids))}
      />
      {edited !== null && <ClusterForm key={edited.id} row={edited} onClose={() => setEdited(null)} />}
      <StartDialog
        request={asked?.request ?? null}
        onClose={() => setAsked(null)}
        onStarted={(id) => {
          watched.watch(id);
          asked?.clear?.();
        }}
      />
      {siteId !== null && <ClusterFacts siteId={siteId} />}
    </Page>
  );
}

/** Nothing here yet: leads to the step before this one. */
function Nothing() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState
      drawing="cluster"
      sentence={t('clusters.empty')}
      action={
        <Button variant="default" onClick={() => void navigate(addressOf('keywords'))}>
          {t('clusters.emptyAction')}
        </Button>
      }
    />
  );
}
