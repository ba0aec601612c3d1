/** Articles in review: J and K move, Enter reads, A approves. */
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { BookOpen, Check, Pencil, Trash2, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { listFilter, rowChoice, useFilters, useList } from '../../data/list';
import type { Scope } from '../../data/scope';
import type { ContentRow, SiteView } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { DataTable } from '../../kit/table/DataTable';
import type { BulkAction, RowAction } from '../../kit/table/types';
import { useListView } from '../../kit/table/useListView';
import { articleColumns } from '../../parts/articleColumns';
import { articleFilters } from '../../parts/articleFilters';
import { selectionOf, useArticleMoves } from '../../parts/articleMoves';
import { addressOf, articleAddress } from '../../parts/pages';
import { repeatsColumns, useRepeats } from '../../parts/repeats';

const ICON = { size: '1rem', 'aria-hidden': true } as const;
const idOf = (row: ContentRow) => row.id;
const nameOf = (row: ContentRow) => row.title;

export function ReviewList({ site, sector }: { site: SiteView; sector: Scope['sector'] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [view, setView] = useListView();
  const filter = { ...listFilter({ site, sector }, view), status: ['review'] };
  const source = useList('contents', filter, view.sort);
  const words = useMemo(() => articleFilters('clusterId', 'contentStructure'), []);
  const filters = useFilters('contents', filter, words);
  const move = useArticleMoves();
  const repeats = useRepeats(site.id, 'article');
  const isChoosy = useCommand('publishingSettings', [site.id]).data?.autoApprove === true;
  const columns = useMemo(() => {
    const { title, cluster, structure, words, outline, images, flaws, updated } = articleColumns();
    // Why they wait is only known where what passes is approved by itself.
    const reasons = isChoosy ? [flaws] : [];
    return [
      title,
      cluster,
      structure,
      words,
      outline,
      images,
      ...repeatsColumns<ContentRow>(repeats),
      ...reasons,
      updated,
    ];
  }, [repeats, isChoosy]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the acts close over what stays the same.
  const rowActions = useMemo<RowAction<ContentRow>[]>(
    () => [
      {
        id: 'open',
        label: t('articles.act.open'),
        icon: <BookOpen {...ICON} />,
        shortcut: 'open',
        run: ({ id }) => void navigate(articleAddress(id)),
      },
      {
        id: 'approve',
        label: t('articles.act.approve'),
        icon: <Check {...ICON} />,
        quick: true,
        letter: 'a',
        run: ({ id }) => void move('approved', selectionOf([id])),
      },
      {
        id: 'edit',
        label: t('articles.act.edit'),
        icon: <Pencil {...ICON} />,
        shortcut: 'edit',
        run: ({ id }) => void navigate({ ...articleAddress(id), search: { open: 'edit' } as never }),
      },
      {
        id: 'back',
        label: t('articles.act.sendBack'),
        icon: <Undo2 {...ICON} />,
        run: ({ id }) => void move('backToDraft', selectionOf([id])),
      },
      {
        id: 'remove',
        label: t('articles.act.remove'),
        icon: <Trash2 {...ICON} />,
        tone: 'danger',
        run: ({ id }) => void move('removed', selectionOf([id])),
      },
    ],
    [t],
  );
  const bulkActions: BulkAction[] = [
    {
      id: 'approve',
      label: t('articles.act.approve'),
      icon: <Check {...ICON} />,
      run: (selection, clear) => void move('approved', rowChoice(selection, filter), clear),
    },
    {
      id: 'back',
      label: t('articles.act.sendBack'),
      icon: <Undo2 {...ICON} />,
      run: (selection, clear) => void move('backToDraft', rowChoice(selection, filter), clear),
    },
    {
      id: 'remove',
      label: t('articles.act.remove'),
      icon: <Trash2 {...ICON} />,
      tone: 'danger',
      run: (selection, clear) => void move('removed', rowChoice(selection, filter), clear),
    },
  ];
  return (
    <DataTable
      title={t('review.tab.review')}
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
          sentence={t('review.empty')}
          action={
            <Button variant="default" onClick={() => void navigate(addressOf('drafts'))}>
              {t('review.emptyAction')}
            </Button>
          }
        />
      }
    />
  );
}
