/** The images of a site, article by article: what is there, what is missing, what failed. */
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listFilter, useFilters, useList } from '../../data/list';
import { useScope } from '../../data/scope';
import { wordOf } from '../../data/status';
import { useWatched } from '../../data/work';
import type { AiFunctionView, ImageSetRow, OperationRequest, SiteView } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { Page } from '../../kit/Page';
import { DataTable } from '../../kit/table/DataTable';
import { useListView } from '../../kit/table/useListView';
import { useOpenRow } from '../../kit/table/useOpenRow';
import { NoSite } from '../../parts/NoSite';
import { OperationLines } from '../../parts/OperationLines';
import { PictureDialog } from '../../parts/PictureDialog';
import { addressOf } from '../../parts/pages';
import { RetryAction } from '../../parts/RetryAction';
import { StartDialog } from '../../parts/StartDialog';
import { WorkAction } from '../../parts/WorkAction';
import { useWaitingWork } from '../../parts/waiting';
import { ImageFacts } from './ImageFacts';
import { ImagesDrawer } from './ImagesDrawer';
import { imageColumns } from './imageColumns';
import { useImageActs } from './useImageActs';

const FUNCTIONS: readonly AiFunctionView[] = ['generate_images'];
const idOf = (row: ImageSetRow) => row.id;
const nameOf = (row: ImageSetRow) => row.title;

export function ImagesPage() {
  const { t } = useTranslation();
  const { site, isLoading } = useScope();
  if (site === null) return <Page title={t('frame.page.images')}>{isLoading ? null : <NoSite />}</Page>;
  return <SiteImages key={site.id} site={site} />;
}

/** One picture in large, and the article it belongs to. */
type Shown = { contentId: string; imageId: string };

function SiteImages({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { sector } = useScope();
  const [view, setView] = useListView();
  const filter = listFilter({ site, sector }, view);
  const source = useList('imageSets', filter, view.sort);
  const words = useMemo(
    () => [
      {
        field: 'status',
        label: t('images.filter.status'),
        allLabel: t('images.filter.allStatuses'),
        valueLabel: (value: string) => wordOf('image', value),
      },
      { field: 'clusterId', label: t('articles.filter.cluster'), allLabel: t('articles.filter.allClusters') },
    ],
    [t],
  );
  const filters = useFilters('images', filter, words);
  const watched = useWatched(site.id, FUNCTIONS);
  const waiting = useWaitingWork('generate_images', { site, sector });
  const [opened, setOpen] = useOpenRow(source);
  const [shown, setShown] = useState<Shown | null>(null);
  const [asked, setAsked] = useState<{ request: OperationRequest; clear: (() => void) | undefined } | null>(null);
  const columns = useMemo(() => imageColumns((contentId, imageId) => setShown({ contentId, imageId })), []);
  const { rowActions, bulkActions } = useImageActs({
    siteId: site.id,
    filter,
    onOpen: setOpen,
    onAsk: (request, clear) => setAsked({ request, clear }),
  });
  const set = source.rows.find(({ id }) => id === shown?.contentId);
  return (
    <Page
      title={t('frame.page.images')}
      count={source.total}
      actions={
        <>
          <RetryAction fn="generate_images" scope={{ site, sector }} onStarted={watched.watch} />
          {waiting !== null && <WorkAction request={waiting} onStarted={watched.watch} />}
        </>
      }
    >
      <OperationLines watched={watched} />
      <DataTable
        title={t('frame.page.images')}
        columns={columns}
        rowId={idOf}
        rowName={nameOf}
        source={source}
        view={view}
        onViewChange={setView}
        filters={filters}
        rowActions={rowActions}
        bulkActions={bulkActions}
        rows="pictures"
        empty={
          <EmptyState
            drawing="image"
            sentence={t('images.empty')}
            action={
              <Button variant="default" onClick={() => void navigate(addressOf('drafts'))}>
                {t('images.emptyAction')}
              </Button>
            }
          />
        }
      />
      <ImagesDrawer
        siteId={site.id}
        set={opened}
        onShow={(imageId) => opened !== null && setShown({ contentId: opened.id, imageId })}
        onClose={() => setOpen(null)}
        onStarted={watched.watch}
      />
      <PictureDialog
        siteId={site.id}
        images={set?.images ?? []}
        at={shown?.imageId ?? null}
        onMove={(imageId) => shown !== null && setShown({ ...shown, imageId })}
        onClose={() => setShown(null)}
        onStarted={watched.watch}
      />
      <StartDialog
        request={asked?.request ?? null}
        onClose={() => setAsked(null)}
        onStarted={(id) => {
          watched.watch(id);
          asked?.clear?.();
        }}
      />
      <ImageFacts siteId={site.id} />
    </Page>
  );
}
