/** A picture in large, with what it was made from: its description and its text alternative, both to be changed. */
import { ActionIcon, Alert, Group, Modal, Text } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { codeWords } from '../data/codes';
import { useHost } from '../data/host';
import { statusOf } from '../data/status';
import type { ImageView } from '../host';
import { formatCount } from '../kit/format';
import { StatusDot } from '../kit/StatusDot';
import classes from './PictureDialog.module.css';
import { PictureForm } from './PictureForm';
import { fileSize, pictureName } from './pictureWords';

type Props = {
  siteId: string;
  /** Pictures of one article. */
  images: readonly ImageView[];
  /** Id of the one on show; null while closed. */
  at: string | null;
  onMove: (id: string) => void;
  onClose: () => void;
  onStarted?: ((operationId: string) => void) | undefined;
};

export function PictureDialog({ siteId, images, at, onMove, onClose, onStarted }: Props) {
  const { t } = useTranslation();
  const place = images.findIndex(({ id }) => id === at);
  const image = images[place];
  const step = (by: number) => {
    const next = images[(place + by + images.length) % images.length];
    if (next !== undefined) onMove(next.id);
  };
  return (
    <Modal
      opened={image !== undefined}
      onClose={onClose}
      size="xl"
      title={image === undefined ? '' : pictureName(image)}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      {image !== undefined && (
        <>
          <Large image={image} />
          <Group justify="space-between" my="sm">
            <Facts image={image} />
            {images.length > 1 && (
              <Group gap="xs">
                <ActionIcon size="lg" aria-label={t('pictures.previous')} onClick={() => step(-1)}>
                  <ChevronLeft size="1rem" aria-hidden />
                </ActionIcon>
                <Text size="xs" c="dimmed" data-figures>
                  {t('pictures.position', { at: place + 1, total: images.length })}
                </Text>
                <ActionIcon size="lg" aria-label={t('pictures.next')} onClick={() => step(1)}>
                  <ChevronRight size="1rem" aria-hidden />
                </ActionIcon>
              </Group>
            )}
          </Group>
          <Kept image={image} />
          <PictureForm key={image.id} siteId={siteId} image={image} onStarted={onStarted} />
        </>
      )}
    </Modal>
  );
}

function Large({ image }: { image: ImageView }) {
  const { t } = useTranslation();
  const host = useHost();
  if (image.media !== null)
    return (
      <img
        className={classes.large}
        src={host.mediaUrl(image.media)}
        alt={image.alt}
        width={image.width}
        height={image.height}
      />
    );
  const words = image.status === 'failed' ? codeWords(image.errorCode) : null;
  return (
    <div className={classes.missing} data-failed={words !== null || undefined}>
      <Text fw={500}>{words?.what ?? t('pictures.waiting')}</Text>
      {words !== null && <Text c="dimmed">{words.advice}</Text>}
    </div>
  );
}

/** Says of a picture that another one was wished for in vain. */
function Kept({ image }: { image: ImageView }) {
  const { t } = useTranslation();
  if (image.media === null || image.errorCode === '') return null;
  const { what, advice } = codeWords(image.errorCode);
  return (
    <Alert color="warning" variant="light" mb="sm">
      {t('pictures.kept')} {what} {advice}
    </Alert>
  );
}

function Facts({ image }: { image: ImageView }) {
  const { t } = useTranslation();
  const facts = [];
  if (image.heading !== '') facts.push(t('pictures.under', { heading: image.heading }));
  if (image.media !== null)
    facts.push(
      t('pictures.size', {
        width: formatCount(image.width),
        height: formatCount(image.height),
        size: fileSize(image.bytes),
      }),
    );
  return (
    <Group gap="md">
      <StatusDot {...statusOf('image', image.status)} />
      <Text size="xs" c="dimmed" data-figures>
        {facts.join(' · ')}
      </Text>
    </Group>
  );
}
