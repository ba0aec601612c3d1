/** The keywords of a site or a sector: import, filter, sort, cluster, and put aside what does not belong. */
import { Button } from '@mantine/core';
import { Upload } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { idsChosen } from '../../data/chosen';
import { useHost } from '../../data/host';
import { listFilter, useFilters, useList } from '../../data/list';
import { tell } from '../../data/problems';
import { useScope } from '../../data/scope';
import { useEstimate, useWaiting, useWatched } from '../../data/work';
import type { Selection as Choice, KeywordRow, OperationRequest, SiteView } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { Page } from '../../kit/Page';
import { PrimaryAction } from '../../kit/PrimaryAction';
import { DataTable } from '../../kit/table/DataTable';
import type { Selection } from '../../kit/table/types';
import { useListView } from '../../kit/table/useListView';
import { useOpenRow } from '../../kit/table/useOpenRow';
import { NoSite } from '../../parts/NoSite';
import { OperationLines } from '../../parts/OperationLines';
import { StartDialog } from '../../parts/StartDialog';
import { WorkAction } from '../../parts/WorkAction';
import { AddDialog } from './AddDialog';
import { keywordColumns, keywordFilters } from './columns';
import { DIFFICULTY, difficultyFilter, difficultyRange } from './difficulty';
import { ImportDialog } from './ImportDialog';
import { ImportResults } from './ImportResults';
import { KeywordDrawer } from './KeywordDrawer';
import { KeywordFacts } from './KeywordFacts';
import { MoveDialog } from './MoveDialog';
import { useImport } from './useImport';
import { useKeywordActs } from './useKeywordActs';

const FUNCTIONS = ['auto_cluster'] as const;
const idOf = (row: KeywordRow) => row.id;
const nameOf = (row: KeywordRow) => row.text;

export function KeywordsPage() {
  const { t } = useTranslation();
  const { site, isLoading } = useScope();
  if (site === null) return <Page title={t('frame.page.keywords')}>{isLoading ? null : <NoSite />}</Page>;
  return <SiteKeywords key={site.id} site={site} />;
}

function SiteKeywords({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const host = useHost();
  const { sector } = useScope();
  const [view, setView] = useListView();
  const filter = { ...listFilter({ site, sector }, view), ...difficultyRange(view.filters[DIFFICULTY]) };
  const source = useList('keywords', filter, view.sort);
  const [opened, setOpen] = useOpenRow(source);
  const columns = useMemo(() => keywordColumns(sector === null && site.sectors.length > 1), [sector, site]);
  const words = useMemo(keywordFilters, []);
  const dataFilters = useFilters('keywords', filter, words);
  const filters = useMemo(() => [...dataFilters, difficultyFilter()], [dataFilters]);

  const [moving, setMoving] = useState<{ choice: Choice; clear: () => void } | null>(null);
  const [asked, setAsked] = useState<{ request: OperationRequest; clear: () => void } | null>(null);
  const [isAdding, setAdding] = useState(false);
  const files = useImport();
  const watched = useWatched(site.id, FUNCTIONS);
  const waiting = useWaiting('auto_cluster', 'keywords', { site, sector });
  const { estimate } = useEstimate(waiting);

  const edit = useCallback((row: KeywordRow) => setOpen(row.id), [setOpen]);
  const move = useCallback((choice: Choice, clear: () => void) => setMoving({ choice, clear }), []);
  const cluster = (selection: Selection, clear: () => void) => {
    idsChosen(host.commands, 'keywords', selection, filter)
      .then((ids) => setAsked({ request: { function: 'auto_cluster', siteId: site.id, ids }, clear }))
      .catch(tell);
  };
  const { rowActions, bulkActions } = useKeywordActs({ filter, onEdit: edit, onMove: move, onCluster: cluster });

  const importLabel = t('keywords.import');
  const importIcon = <Upload size="1rem" aria-hidden />;
  return (
    <Page
      title={t('frame.page.keywords')}
      count={source.total}
      actions={
        <>
          <Button variant="default" onClick={() => setAdding(true)}>
            {t('keywords.add')}
          </Button>
          {waiting === null || estimate === null ? (
            <PrimaryAction label={importLabel} icon={importIcon} onPress={files.choose} />
          ) : (
            <>
              <Button variant="default" leftSection={importIcon} onClick={files.choose}>
                {importLabel}
              </Button>
              <WorkAction request={waiting} onStarted={watched.watch} />
            </>
          )}
        </>
      }
    >
      <OperationLines watched={watched} />
      <ImportResults files={files} />
      <DataTable
        title={t('frame.page.keywords')}
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
            drawing="list"
            sentence={t('keywords.empty')}
            action={
              <Button variant="default" onClick={files.choose}>
                {importLabel}
              </Button>
            }
          />
        }
      />
      <KeywordDrawer row={opened} onClose={() => setOpen(null)} />
      <AddDialog opened={isAdding} site={site} sector={sector} onClose={() => setAdding(false)} />
      <ImportDialog
        path={files.path}
        site={site}
        sector={sector}
        onClose={files.next}
        onChooseAnother={files.choose}
        onImported={files.finish}
      />
      <MoveDialog
        siteId={site.id}
        choice={moving?.choice ?? null}
        onClose={() => setMoving(null)}
        onMoved={() => {
          moving?.clear();
          setMoving(null);
        }}
      />
      <StartDialog
        request={asked?.request ?? null}
        onClose={() => setAsked(null)}
        onStarted={(id) => {
          asked?.clear();
          watched.watch(id);
        }}
      />
      <KeywordFacts siteId={site.id} />
    </Page>
  );
}
