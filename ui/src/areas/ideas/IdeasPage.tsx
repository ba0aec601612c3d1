/** All ideas of a site: what could be written next, and what is queued or written already. */
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listFilter, NO_FILTER, useFilters, useList } from '../../data/list';
import { type Scope, useScope } from '../../data/scope';
import { useWatched } from '../../data/work';
import type { AiFunctionView, IdeaRow, OperationRequest, Selection } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { Page } from '../../kit/Page';
import { DataTable } from '../../kit/table/DataTable';
import { useListView } from '../../kit/table/useListView';
import { useOpenRow } from '../../kit/table/useOpenRow';
import { NoSite } from '../../parts/NoSite';
import { OperationLines } from '../../parts/OperationLines';
import { addressOf } from '../../parts/pages';
import { RetryAction } from '../../parts/RetryAction';
import { useRepeats } from '../../parts/repeats';
import { StartDialog } from '../../parts/StartDialog';
import { WorkAction } from '../../parts/WorkAction';
import { IdeaDrawer } from './IdeaDrawer';
import { IdeaFacts } from './IdeaFacts';
import { IdeaForm } from './IdeaForm';
import { ideaColumns, ideaFilters } from './ideaColumns';
import { useIdeaActs } from './useIdeaActs';

const FUNCTIONS: readonly AiFunctionView[] = ['generate_content'];
const idOf = (row: IdeaRow) => row.id;
const nameOf = (row: IdeaRow) => row.title;

/** Work that waits for a yes, and what to take back once it was started. */
type Asked = { request: OperationRequest; clear: (() => void) | undefined };

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
  const repeats = useRepeats(siteId, 'idea');
  const columns = useMemo(() => ideaColumns(t, withSector, repeats), [t, withSector, repeats]);
  const watched = useWatched(siteId, FUNCTIONS);
  const [opened, setOpen] = useOpenRow(source);
  const [edited, setEdited] = useState<IdeaRow | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const write = (ideas: Selection, clear?: () => void) => {
    if (siteId !== null) setAsked({ request: writing(siteId, ideas), clear });
  };
  const retry = (taskId: string) => {
    if (siteId !== null) setAsked({ request: tryingAgain(siteId, taskId), clear: undefined });
  };
  const acts = useIdeaActs({ filter, onOpen: setOpen, onEdit: setEdited, onWrite: write, onRetry: retry });
  return (
    <Page
      title={t('frame.page.ideas')}
      count={source.total}
      actions={
        siteId !== null && (
          <>
            <RetryAction fn="generate_content" scope={scope} onStarted={watched.watch} />
            <WorkAction request={writing(siteId, unwritten(siteId, scope.sector))} onStarted={watched.watch} />
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
        onRetry={(taskId) => {
          setOpen(null);
          retry(taskId);
        }}
      />
      {edited !== null && <IdeaForm key={edited.id} row={edited} onClose={() => setEdited(null)} />}
      <StartDialog
        request={asked?.request ?? null}
        onClose={() => setAsked(null)}
        onStarted={(id) => {
          watched.watch(id);
          asked?.clear?.();
        }}
      />
      {siteId !== null && <IdeaFacts siteId={siteId} />}
    </Page>
  );
}

/** Ideas that are new are queued when the work starts, and not when its price is asked. */
function writing(siteId: string, ideas: Selection): OperationRequest {
  return { function: 'generate_content', siteId, ids: [], ideas };
}

function tryingAgain(siteId: string, taskId: string): OperationRequest {
  return { function: 'generate_content', siteId, ids: [taskId], retry: true };
}

/** All that could be written where the window looks. */
function unwritten(siteId: string, sector: Scope['sector']): Selection {
  const filter = { ...NO_FILTER, siteId, sectorId: sector?.id ?? null, status: ['new', 'queued'], isDisabled: false };
  return { kind: 'matching', filter, except: [] };
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
