/** What can be done with drafts, one at a time or many at once. */
import { useNavigate } from '@tanstack/react-router';
import { BookOpen, ImagePlus, MessageSquareText, Pencil, PenLine, Send, Trash2, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { idsChosen } from '../../data/chosen';
import { useHost } from '../../data/host';
import { rowChoice } from '../../data/list';
import { tell } from '../../data/problems';
import type { ContentRow, ListFilter, OperationRequest } from '../../host';
import type { BulkAction, RowAction, Selection } from '../../kit/table/types';
import { selectionOf, useArticleMoves } from '../../parts/articleMoves';
import { addressOf, articleAddress } from '../../parts/pages';

const ICON = { size: '1rem', 'aria-hidden': true } as const;

type Illustration = 'generate_image_prompts' | 'generate_images';

type Options = {
  siteId: string;
  filter: ListFilter;
  /** Asks before work that costs. */
  onAsk: (request: OperationRequest, clear?: () => void) => void;
};

export function useDraftActs({ siteId, filter, onAsk }: Options): {
  rowActions: readonly RowAction<ContentRow>[];
  bulkActions: readonly BulkAction[];
} {
  const { t } = useTranslation();
  const { commands } = useHost();
  const navigate = useNavigate();
  const move = useArticleMoves();
  const ask = (fn: Illustration, ids: string[], clear?: () => void) => onAsk({ function: fn, siteId, ids }, clear);
  const rewrite = (ids: string[], clear?: () => void) =>
    onAsk({ function: 'generate_content', siteId, ids, regenerate: true }, clear);
  const chosen = (act: (ids: string[], clear: () => void) => void) => (selection: Selection, clear: () => void) => {
    idsChosen(commands, 'contents', selection, filter)
      .then((ids) => act(ids, clear))
      .catch(tell);
  };
  const askFor = (fn: Illustration) => chosen((ids, clear) => ask(fn, ids, clear));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the acts close over what stays the same for a site.
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
        id: 'edit',
        label: t('articles.act.edit'),
        icon: <Pencil {...ICON} />,
        shortcut: 'edit',
        run: ({ id }) => void navigate({ ...articleAddress(id), search: { open: 'edit' } as never }),
      },
      {
        id: 'describe',
        label: t('articles.act.describe'),
        icon: <MessageSquareText {...ICON} />,
        applies: ({ imagesTotal }) => imagesTotal === 0,
        run: ({ id }) => ask('generate_image_prompts', [id]),
      },
      {
        id: 'images',
        label: t('articles.act.makeImages'),
        icon: <ImagePlus {...ICON} />,
        applies: ({ imagesTotal, imagesGenerated, imagesFailed }) => imagesTotal > imagesGenerated + imagesFailed,
        run: ({ id }) => ask('generate_images', [id]),
      },
      {
        id: 'failed',
        label: t('drafts.failedImages'),
        icon: <TriangleAlert {...ICON} />,
        applies: ({ imagesFailed }) => imagesFailed > 0,
        run: ({ id }) => void navigate(addressOf('images', id)),
      },
      {
        id: 'rewrite',
        label: t('articles.act.writeAgain'),
        icon: <PenLine {...ICON} />,
        run: ({ id }) => rewrite([id]),
      },
      {
        id: 'review',
        label: t('articles.act.sendToReview'),
        icon: <Send {...ICON} />,
        run: ({ id }) => void move('review', selectionOf([id])),
      },
      {
        id: 'remove',
        label: t('articles.act.remove'),
        icon: <Trash2 {...ICON} />,
        tone: 'danger',
        run: ({ id }) => void move('removed', selectionOf([id])),
      },
    ],
    [t, siteId],
  );
  const bulkActions: BulkAction[] = [
    {
      id: 'describe',
      label: t('articles.act.describe'),
      icon: <MessageSquareText {...ICON} />,
      run: askFor('generate_image_prompts'),
    },
    {
      id: 'images',
      label: t('articles.act.makeImages'),
      icon: <ImagePlus {...ICON} />,
      run: askFor('generate_images'),
    },
    {
      id: 'rewrite',
      label: t('articles.act.writeAgain'),
      icon: <PenLine {...ICON} />,
      run: chosen(rewrite),
    },
    {
      id: 'review',
      label: t('articles.act.sendToReview'),
      icon: <Send {...ICON} />,
      run: (selection, clear) => void move('review', rowChoice(selection, filter), clear),
    },
    {
      id: 'remove',
      label: t('articles.act.remove'),
      icon: <Trash2 {...ICON} />,
      tone: 'danger',
      run: (selection, clear) => void move('removed', rowChoice(selection, filter), clear),
    },
  ];
  return { rowActions, bulkActions };
}
