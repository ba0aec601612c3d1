/** Columns of the images page: the article, its pictures in small, and how they are doing. */
import i18next from 'i18next';
import { statusOf } from '../../data/status';
import type { ImageSetRow } from '../../host';
import { formatCount } from '../../kit/format';
import { StatusDot } from '../../kit/StatusDot';
import type { Column } from '../../kit/table/types';
import { pictureStates } from '../../parts/pictureWords';
import { Thumbnail } from '../../parts/Thumbnail';
import classes from './images.module.css';

/** `onShow` opens one picture in large; stable between renders. */
export function imageColumns(onShow: (contentId: string, imageId: string) => void): Column<ImageSetRow>[] {
  const { t } = i18next;
  const pictures = (row: ImageSetRow, imageType: string) => (
    <span className={classes.pictures}>
      {row.images
        .filter((image) => image.imageType === imageType)
        .map((image) => (
          <Thumbnail key={image.id} image={image} inRow onOpen={() => onShow(row.id, image.id)} />
        ))}
    </span>
  );
  return [
    {
      id: 'title',
      header: t('images.column.article'),
      type: 'custom',
      least: 76,
      fixed: true,
      sortable: true,
      cell: title,
    },
    {
      id: 'featured',
      header: t('images.column.featured'),
      type: 'custom',
      width: 28,
      cell: (row) => pictures(row, 'featured'),
    },
    {
      id: 'inArticle',
      header: t('images.column.inArticle'),
      type: 'custom',
      width: 76,
      cell: (row) => pictures(row, 'in_article'),
    },
    { id: 'state', header: t('images.column.state'), type: 'custom', width: 30, yields: 'never', cell: states },
    {
      id: 'updatedAt',
      header: t('images.column.updated'),
      type: 'time',
      value: (row) => row.updatedAt,
      sortable: true,
    },
  ];
}

function title(row: ImageSetRow) {
  return (
    <span className={classes.title}>
      <span className={classes.name}>{row.title}</span>
      <span className={classes.editorial}>{statusOf('content', row.status).label}</span>
    </span>
  );
}

function states({ images }: ImageSetRow) {
  return (
    <span className={classes.states}>
      {pictureStates(images).map(({ tone, label, count }) => (
        <StatusDot
          key={label}
          tone={tone}
          label={i18next.t('images.state', { count, amount: formatCount(count), status: label.toLowerCase() })}
        />
      ))}
    </span>
  );
}
