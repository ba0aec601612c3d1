/** Columns of every list of articles; pages choose theirs. A column's id is the field the host sorts by. */
import { Badge, Tooltip } from '@mantine/core';
import i18next from 'i18next';
import { deliveryStatus, wordOf } from '../data/status';
import type { ContentRow } from '../host';
import { formatCount } from '../kit/format';
import type { Column } from '../kit/table/types';
import classes from './articleColumns.module.css';
import { flawsLine } from './flawWords';

type ArticleColumn = Column<ContentRow>;

/** Made when a page is first drawn, since words are not there before. */
export function articleColumns() {
  const { t } = i18next;
  const columns = {
    title: {
      id: 'title',
      header: t('articles.column.title'),
      type: 'text',
      value: (row) => row.title,
      fixed: true,
      sortable: true,
    },
    outline: {
      id: 'isOutline',
      header: t('articles.column.outline'),
      type: 'custom',
      width: 22,
      cell: (row) => (row.isOutline ? <OutlineBadge /> : null),
    },
    cluster: {
      id: 'cluster',
      header: t('articles.column.cluster'),
      type: 'text',
      value: (row) => row.cluster,
      width: 42,
      sortable: true,
    },
    structure: {
      id: 'contentStructure',
      header: t('articles.column.structure'),
      type: 'text',
      value: (row) => wordOf('structure', row.contentStructure),
      width: 27,
      sortable: true,
    },
    words: {
      id: 'wordCount',
      header: t('articles.column.words'),
      type: 'number',
      value: (row) => row.wordCount,
      width: 20,
      sortable: true,
    },
    images: {
      id: 'imagesGenerated',
      header: t('articles.column.images'),
      hint: t('articles.column.imagesHint'),
      type: 'custom',
      width: 32,
      sortable: true,
      cell: (row) => <ImagesCell row={row} />,
    },
    delivery: {
      id: 'delivery',
      header: t('articles.column.delivery'),
      type: 'status',
      value: (row) => deliveryStatus(row),
      width: 36,
      sortable: true,
    },
    flaws: {
      id: 'flaws',
      header: t('publishing.flawsColumn'),
      type: 'text',
      value: (row) => flawsLine(row.flaws),
      width: 60,
    },
    updated: {
      id: 'updatedAt',
      header: t('articles.column.updated'),
      type: 'time',
      value: (row) => row.updatedAt,
      sortable: true,
    },
  } satisfies Record<string, ArticleColumn>;
  return columns;
}

/** Says that the text is still to be written out. */
export function OutlineBadge() {
  const { t } = i18next;
  return (
    <Tooltip label={t('articles.outlineHint')} multiline w="18rem">
      <Badge variant="light" color="gray" className={classes.badge ?? ''}>
        {t('articles.outline')}
      </Badge>
    </Tooltip>
  );
}

function ImagesCell({ row: { imagesTotal, imagesGenerated, imagesFailed } }: { row: ContentRow }) {
  const { t } = i18next;
  if (imagesTotal === 0) return <span className={classes.faint}>{t('articles.notDescribed')}</span>;
  const ready = t('articles.imagesOf', { ready: formatCount(imagesGenerated), total: formatCount(imagesTotal) });
  return (
    <span data-figures>
      {ready}
      {imagesFailed > 0 && (
        <span className={classes.failed}> · {t('articles.imagesFailed', { count: imagesFailed })}</span>
      )}
    </span>
  );
}
