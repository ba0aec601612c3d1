/** Makes pictures anew, or for the first time, at a price that stands on the button. */
import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ImageView } from '../host';
import { WorkButton } from './WorkButton';

type Props = {
  siteId: string;
  images: readonly Pick<ImageView, 'id' | 'status'>[];
  /** Why it has to wait, such as a description that is not saved. */
  blocked?: string | undefined;
  onStarted?: ((operationId: string) => void) | undefined;
};

/** Renders nothing without a picture to make. */
export function AgainButton({ siteId, images, blocked, onStarted }: Props) {
  const { t } = useTranslation();
  if (images.length === 0) return null;
  const isAnew = images.some(({ status }) => status === 'generated');
  return (
    <WorkButton
      label={t(isAnew ? 'pictures.again' : 'pictures.make', { count: images.length })}
      icon={<RefreshCw size="1rem" aria-hidden />}
      request={{ function: 'generate_images', siteId, ids: images.map(({ id }) => id), regenerate: true }}
      blocked={blocked}
      onStarted={onStarted}
    />
  );
}
