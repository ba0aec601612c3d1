/** All images of one article: to look at, to open, and to choose those that are made again. */
import { Button, Checkbox, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { statusOf } from '../../data/status';
import { useUndoable } from '../../data/undo';
import type { ImageSetRow, ImageView } from '../../host';
import { formatMoneyExact } from '../../kit/format';
import { SideDrawer } from '../../kit/SideDrawer';
import { StatusDot } from '../../kit/StatusDot';
import { AgainButton } from '../../parts/AgainButton';
import { pictureName } from '../../parts/pictureWords';
import { Thumbnail } from '../../parts/Thumbnail';
import classes from './images.module.css';

type Props = {
  siteId: string;
  /** Null while closed. */
  set: ImageSetRow | null;
  onShow: (imageId: string) => void;
  onClose: () => void;
  onStarted: (operationId: string) => void;
};

export function ImagesDrawer({ siteId, set, onShow, onClose, onStarted }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const remove = useUndoable(
    'imagesRemove',
    'imagesRestore',
    ({ ids }) => [ids],
    ({ ids }) => t('images.drawer.removed', { count: ids.length }),
  );
  const images = set?.images ?? [];
  const toMake = images.filter(({ id }) => chosen.has(id));
  const flip = (id: string) =>
    setChosen((ids) => (ids.has(id) ? new Set([...ids].filter((other) => other !== id)) : new Set(ids).add(id)));
  const close = () => {
    setChosen(new Set());
    onClose();
  };
  return (
    <SideDrawer
      opened={set !== null}
      title={set?.title ?? ''}
      size="reading"
      onClose={close}
      footer={
        toMake.length === 0 ? undefined : (
          <>
            <Text size="sm" c="dimmed" my="auto" me="auto" role="status">
              {t('images.drawer.chosen', { count: toMake.length })}
            </Text>
            <Button
              variant="light"
              color="danger"
              onClick={() => void remove([toMake.map(({ id }) => id)], () => setChosen(new Set()))}
            >
              {t('images.drawer.remove')}
            </Button>
            <AgainButton
              siteId={siteId}
              images={toMake}
              onStarted={(id) => {
                setChosen(new Set());
                onStarted(id);
              }}
            />
          </>
        )
      }
    >
      <Text c="dimmed" mb="lg">
        {t('images.drawer.hint')}
      </Text>
      <ul className={classes.slots}>
        {images.map((image) => (
          <Slot
            key={image.id}
            image={image}
            isChosen={chosen.has(image.id)}
            onFlip={() => flip(image.id)}
            onShow={() => onShow(image.id)}
          />
        ))}
      </ul>
    </SideDrawer>
  );
}

type SlotProps = { image: ImageView; isChosen: boolean; onFlip: () => void; onShow: () => void };

function Slot({ image, isChosen, onFlip, onShow }: SlotProps) {
  const { t } = useTranslation();
  const name = pictureName(image);
  return (
    <li className={classes.slot}>
      <Thumbnail image={image} onOpen={onShow} />
      <div className={classes.slotHead}>
        <Checkbox label={name} aria-label={t('images.drawer.choose', { name })} checked={isChosen} onChange={onFlip} />
        <StatusDot {...statusOf('image', image.status)} />
      </div>
      {image.heading !== '' && <Text size="sm">{image.heading}</Text>}
      <span className={classes.alt}>{image.alt}</span>
      <MadeWith image={image} />
    </li>
  );
}

/** What the picture cost at its vendor, and the seed it was made from. */
function MadeWith({ image: { cost, seed } }: { image: ImageView }) {
  const { t } = useTranslation();
  if (cost === null) return null;
  const words = { cost: formatMoneyExact(cost), seed: seed ?? '' };
  return (
    <Text size="sm" c="dimmed">
      {seed === null ? t('images.drawer.cost', words) : t('images.drawer.costAndSeed', words)}
    </Text>
  );
}
