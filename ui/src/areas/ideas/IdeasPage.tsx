/** All ideas of a site: what could be written next, and what is queued or written already. */
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listFilter, useFilters, useList } from '../../data/list';
import { useScope } from '../../data/scope';
import { useWatched } from '../../data/work';
import type { AiFunctionView, IdeaRow, OperationRequest } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { Page } from '../../kit/Page';
import { DataTable } from '../../kit/table/DataTable';
import { useListView } from '../../kit/table/useListView';
import { useOpenRow } from '../../kit/table/useOpenRow';
import { NoSite } from '../../parts/NoSite';
import { OperationLines } from '../../parts/OperationLines';
import { addressOf } from '../../parts/pages';
import { RetryAction } from '../../parts/RetryAction';
import { StartDialog } from '../../parts/StartDialog';
import { IdeaDrawer } from './IdeaDrawer';
import { IdeaFacts } from './IdeaFacts';
import { IdeaForm } from './IdeaForm';
import { ideaColumns, ideaFilters } from './ideaColumns';
import { useIdeaActs } from './useIdeaActs';
import { WriteAction } from './WriteAction';

const FUNCTIONS: readonly AiFunctionView[] = ['generate_content'];
const idOf = (row: IdeaRow) => row.id;
const nameOf = (row: IdeaRow) => row.title;

export function IdeasPage() {
  const { t } = useTranslation();
  const scope = useScope();
  const siteId = scope.site?.id ?? null;
  const [view, setView] = useListView();
  const filter = listFilter(scope, view);
  const source = useList('ideas', filter, view.sort, siteId !== null);
  const words = useMemo(() => ideaFilters(t), [t]);
  const filters = useFilters('ideas', filter, words, siteId !== null);
  const withSector = scope.sector === null;
  const columns = useMemo(() => ideaColumns(t, withSector), [t, withSector]);
  const watched = useWatched(siteId, FUNCTIONS);
  const [opened, setOpen] = useOpenRow(source);
  const [edited, setEdited] = useState<IdeaRow | null>(null);
  const [asked, setAsked] = useState<OperationRequest | null>(null);
  const write = (ids: string[]) => {
    if (siteId !== null) setAsked({ function: 'generate_content', siteId, ids });
  };
  const acts = useIdeaActs({ filter, onOpen: setOpen, onEdit: setEdited, onWrite: write });
  return (
    <Page
      title={t('frame.page.ideas')}
      count={source.total}
      actions={
        siteId !== null && (
          <>
            <RetryAction fn="generate_content" scope={scope} onStarted={watched.watch} />
            <WriteAction siteId={siteId} sector={scope.sector} onAsk={setAsked} onStarted={watched.watch} />
          </>
        )
      }
    >
      <OperationLines watched={watched} />
      {siteId === null && !scope.isLoading ? (
        <NoSite />
      ) : (
        <DataTable
          title={t('frame.page.ideas')}
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
      <IdeaDrawer
        row={opened}
        onClose={() => setOpen(null)}
        onEdit={(row) => {
          // One panel at a time, so that Escape leaves what one sees.
          setOpen(null);
          setEdited(row);
        }}
        onQueue={acts.queue}
      />
      {edited !== null && <IdeaForm key={edited.id} row={edited} onClose={() => setEdited(null)} />}
      <StartDialog request={asked} onClose={() => setAsked(null)} onStarted={watched.watch} />
      {siteId !== null && <IdeaFacts siteId={siteId} />}
    </Page>
  );
}

/** Nothing here yet: leads to the step before this one. */
function Nothing() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState
      drawing="idea"
      sentence={t('ideas.empty')}
      action={
        <Button variant="default" onClick={() => void navigate(addressOf('clusters'))}>
          {t('ideas.emptyAction')}
        </Button>
      }
    />
  );
}
