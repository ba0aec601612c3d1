/** What can be done with the images of articles, for one article or many. */
import { useNavigate } from '@tanstack/react-router';
import { BookOpen, ImagePlus, Images, RefreshCw, RotateCcw } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useHost } from '../../data/host';
import { tell } from '../../data/problems';
import type { ImageSetRow, ImageView, ListFilter, OperationRequest } from '../../host';
import type { BulkAction, RowAction, Selection } from '../../kit/table/types';
import { toast } from '../../kit/toasts';
import { articleAddress } from '../../parts/pages';
import { hasFailed, isMissing } from '../../parts/pictureWords';
import { setsChosen } from './setsChosen';

const ICON = { size: '1rem', 'aria-hidden': true } as const;

type Options = {
  siteId: string;
  filter: ListFilter;
  onOpen: (contentId: string) => void;
  /** Asks before work that costs. */
  onAsk: (request: OperationRequest, clear?: () => void) => void;
};

export function useImageActs({ siteId, filter, onOpen, onAsk }: Options): {
  rowActions: readonly RowAction<ImageSetRow>[];
  bulkActions: readonly BulkAction[];
} {
  const { t } = useTranslation();
  const { commands } = useHost();
  const navigate = useNavigate();
  const ask = (images: readonly ImageView[], clear?: () => void) => {
    // Also slots that were never made: a failed one is only made again by name, and both belong into one piece of work.
    const ids = images.map(({ id }) => id);
    if (ids.length === 0) toast('info', t('faults.nothingToDo'));
    else onAsk({ function: 'generate_images', siteId, ids, regenerate: true }, clear);
  };
  const retry = (images: readonly ImageView[], clear?: () => void) => {
    const ids = images.filter(hasFailed).map(({ id }) => id);
    if (ids.length === 0) toast('info', t('faults.nothingToDo'));
    else onAsk({ function: 'generate_images', siteId, ids, retry: true }, clear);
  };
  const askFor = (wanted: (image: ImageView) => boolean) => (selection: Selection, clear: () => void) => {
    setsChosen(commands, selection, filter)
      .then((sets) => ask(sets.flatMap(({ images }) => images).filter(wanted), clear))
      .catch(tell);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the acts close over what stays the same for a site.
  const rowActions = useMemo<RowAction<ImageSetRow>[]>(
    () => [
      {
        id: 'open',
        label: t('images.act.open'),
        icon: <Images {...ICON} />,
        shortcut: 'open',
        run: ({ id }) => onOpen(id),
      },
      {
        id: 'read',
        label: t('images.act.read'),
        icon: <BookOpen {...ICON} />,
        run: ({ id }) => void navigate(articleAddress(id)),
      },
      {
        id: 'retry',
        label: t('images.act.retry'),
        icon: <RotateCcw {...ICON} />,
        applies: ({ images }) => images.some(hasFailed),
        run: ({ images }) => retry(images),
      },
      {
        id: 'missing',
        label: t('images.act.makeMissing'),
        icon: <ImagePlus {...ICON} />,
        applies: ({ images }) => images.some(isMissing),
        run: ({ images }) => ask(images.filter(isMissing)),
      },
      {
        id: 'again',
        label: t('images.act.againAll'),
        icon: <RefreshCw {...ICON} />,
        applies: ({ images }) => !images.every(isMissing),
        run: ({ images }) => ask(images),
      },
    ],
    [t, siteId, onOpen],
  );
  const bulkActions: BulkAction[] = [
    {
      id: 'retry',
      label: t('images.act.retry'),
      icon: <RotateCcw {...ICON} />,
      run: (selection, clear) => {
        setsChosen(commands, selection, filter)
          .then((sets) =>
            retry(
              sets.flatMap(({ images }) => images),
              clear,
            ),
          )
          .catch(tell);
      },
    },
    { id: 'missing', label: t('images.act.makeMissing'), icon: <ImagePlus {...ICON} />, run: askFor(isMissing) },
    { id: 'again', label: t('images.act.againAll'), icon: <RefreshCw {...ICON} />, run: askFor(() => true) },
  ];
  return { rowActions, bulkActions };
}
