/** A small picture that opens the large one; without a picture, a frame that says why. */
import { Clock, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../data/host';
import { wordOf } from '../data/status';
import type { ImageView } from '../host';
import { pictureName } from './pictureWords';
import classes from './Thumbnail.module.css';

type Props = {
  image: ImageView;
  onOpen: () => void;
  /** Within a list the keyboard acts on the row, not on each picture. */
  inRow?: boolean;
};

export function Thumbnail({ image, onOpen, inRow = false }: Props) {
  const { t } = useTranslation();
  const host = useHost();
  const name = [pictureName(image), image.heading].filter(Boolean).join(', ');
  const label = `${t('pictures.open', { name })}: ${wordOf('image', image.status)}`;
  const Icon = image.status === 'failed' ? TriangleAlert : Clock;
  return (
    <button
      type="button"
      className={classes.thumbnail}
      data-status={image.status}
      aria-label={label}
      title={name}
      {...(inRow ? { tabIndex: -1 } : {})}
      onClick={(event) => {
        event.stopPropagation();
        onOpen();
      }}
    >
      {image.media === null ? (
        <Icon size="1rem" aria-hidden />
      ) : (
        <img src={host.mediaUrl(image.media)} alt="" loading="lazy" decoding="async" />
      )}
    </button>
  );
}
