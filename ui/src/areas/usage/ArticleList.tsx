/** Every article with what it cost from its first word to its last picture; a row leads to the article. */
import { useNavigate } from '@tanstack/react-router';
import i18next from 'i18next';
import { BookOpen } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { NO_FILTER, useList } from '../../data/list';
import { statusOf } from '../../data/status';
import type { ArticleUsageRow } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { DataTable } from '../../kit/table/DataTable';
import type { Column, RowAction, Sort } from '../../kit/table/types';
import { useListView } from '../../kit/table/useListView';
import { articleAddress } from '../../parts/pages';

const idOf = (row: ArticleUsageRow) => row.id;
const nameOf = (row: ArticleUsageRow) => row.title;
const DEAREST: Sort = { column: 'credits', descending: true };

export function ArticleList({ siteId }: { siteId: string | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [view, setView] = useListView(DEAREST);
  const filter = { ...NO_FILTER, siteId, search: view.search === '' ? null : view.search };
  const source = useList('usageArticles', filter, view.sort);
  const columns = useMemo(() => articleColumns(siteId === null), [siteId]);
  const rowActions = useMemo<RowAction<ArticleUsageRow>[]>(
    () => [
      {
        id: 'open',
        label: t('usage.articles.open'),
        icon: <BookOpen size="1rem" aria-hidden />,
        shortcut: 'open',
        applies: ({ isRemoved }) => !isRemoved,
        run: ({ id }) => void navigate(articleAddress(id)),
      },
    ],
    [t, navigate],
  );
  return (
    <DataTable
      title={t('usage.tab.articles')}
      columns={columns}
      rowId={idOf}
      rowName={nameOf}
      source={source}
      view={view}
      onViewChange={setView}
      rowActions={rowActions}
      empty={<EmptyState drawing="page" sentence={t('usage.articles.empty')} />}
    />
  );
}

function articleColumns(withSite: boolean): Column<ArticleUsageRow>[] {
  const { t } = i18next;
  const site: Column<ArticleUsageRow> = {
    id: 'site',
    header: t('usage.articles.site'),
    type: 'text',
    value: (row) => row.site,
    width: 32,
  };
  return [
    {
      id: 'title',
      header: t('usage.articles.title'),
      type: 'text',
      value: (row) => row.title,
      fixed: true,
      sortable: true,
    },
    ...(withSite ? [site] : []),
    {
      id: 'status',
      header: t('usage.articles.status'),
      type: 'status',
      value: (row) =>
        row.isRemoved ? { tone: 'neutral', label: t('usage.articles.removed') } : statusOf('content', row.status),
      width: 28,
      hiddenAtFirst: true,
    },
    {
      id: 'credits',
      header: t('usage.column.credits'),
      type: 'credits',
      value: (row) => row.credits,
      width: 28,
      sortable: true,
    },
    { id: 'cost', header: t('usage.column.cost'), type: 'money', value: (row) => row.cost, width: 34, sortable: true },
    {
      id: 'creditValue',
      header: t('usage.articles.worth'),
      hint: t('usage.articles.worthHint'),
      type: 'money',
      value: (row) => row.creditValue,
      width: 26,
      sortable: true,
    },
    {
      id: 'lostCost',
      header: t('usage.articles.lost'),
      hint: t('usage.articles.lostHint'),
      type: 'money',
      value: (row) => row.lostCost,
      width: 22,
      hiddenAtFirst: true,
    },
    { id: 'images', header: t('usage.articles.images'), type: 'number', value: (row) => row.images, width: 20 },
    {
      id: 'tokens',
      header: t('usage.articles.tokens'),
      type: 'number',
      value: (row) => Number(row.tokens),
      width: 22,
      hiddenAtFirst: true,
    },
    {
      id: 'lastUsedAt',
      header: t('usage.articles.last'),
      type: 'time',
      value: (row) => row.lastUsedAt,
      sortable: true,
    },
  ];
}
