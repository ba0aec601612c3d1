/** Pictures in words: which one it is, how it is doing, how large its file is. */
import i18next from 'i18next';
import { statusOf } from '../data/status';
import type { ImageView } from '../host';
import { formatCount } from '../kit/format';
import type { Status } from '../kit/table/types';

/** "Featured image", "Image 2". */
export function pictureName({ imageType, position }: Pick<ImageView, 'imageType' | 'position'>): string {
  return imageType === 'featured' ? i18next.t('pictures.featured') : i18next.t('pictures.inArticle', { position });
}

/** The states of an article's pictures, the worst first, each with how many are in it: "1 failed", "2 waiting". */
export function pictureStates(images: readonly Pick<ImageView, 'status'>[]): (Status & { count: number })[] {
  return ['failed', 'pending', 'generated']
    .map((word) => ({ ...statusOf('image', word), count: images.filter(({ status }) => status === word).length }))
    .filter(({ count }) => count > 0);
}

/** Whether a slot has no picture, never made or failed. */
export function isMissing({ status }: Pick<ImageView, 'status'>): boolean {
  return status !== 'generated';
}

/** Whether the last attempt at a slot that has no picture failed. */
export function hasFailed({ status }: Pick<ImageView, 'status'>): boolean {
  return status === 'failed';
}

const KILO = 1000;

/** A file's size from bytes: "48 KB", "1.2 MB". */
export function fileSize(bytes: number): string {
  const { t } = i18next;
  if (bytes < KILO * KILO)
    return t('pictures.kilobytes', { amount: formatCount(Math.max(1, Math.round(bytes / KILO))) });
  return t('pictures.megabytes', { amount: (bytes / KILO / KILO).toFixed(1) });
}
