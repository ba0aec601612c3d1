/** The steps that an article can take from where it is: one primary, the others quiet. Letters do the same. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { Check, Ellipsis, Pencil, Send, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContentView, SiteView } from '../../host';
import { useHotkeys } from '../../kit/hotkeys';
import { PrimaryAction } from '../../kit/PrimaryAction';
import { selectionOf, useArticleMoves } from '../../parts/articleMoves';
import { PublishDialog } from '../../parts/PublishDialog';
import { isDelivered, isPublishable, type PublishRequest } from '../../parts/publishing';

const ICON = { size: '1rem', 'aria-hidden': true } as const;

type Props = {
  view: ContentView;
  site: SiteView | null;
  onEdit: () => void;
  /** Goes to the list the article stands in. */
  onLeave: () => void;
};

export function ArticleActions({ view: { row }, site, onEdit, onLeave }: Props) {
  const { t } = useTranslation();
  const move = useArticleMoves();
  const [asked, setAsked] = useState<PublishRequest | null>(null);
  const self = selectionOf([row.id]);
  const approve = () => void move('approved', self);
  useHotkeys({
    e: onEdit,
    escape: onLeave,
    ...(row.status === 'review' ? { a: approve } : {}),
  });
  const mayGoBack = row.status !== 'draft' && !isDelivered(row);
  return (
    <>
      <Button variant="default" leftSection={<Pencil {...ICON} />} onClick={onEdit}>
        {t('articles.act.edit')}
      </Button>
      {mayGoBack && (
        <Button
          variant="default"
          leftSection={<Undo2 {...ICON} />}
          onClick={() => void move(row.status === 'review' ? 'backToDraft' : 'backToReview', self)}
        >
          {t('articles.act.sendBack')}
        </Button>
      )}
      {row.status === 'draft' && (
        <PrimaryAction
          label={t('articles.act.sendToReview')}
          icon={<Send {...ICON} />}
          onPress={() => void move('review', self)}
        />
      )}
      {row.status === 'review' && (
        <PrimaryAction label={t('articles.act.approve')} icon={<Check {...ICON} />} onPress={approve} />
      )}
      {isPublishable(row) && (
        <PrimaryAction
          label={t('articles.act.publish')}
          icon={<Send {...ICON} />}
          onPress={() => setAsked({ ids: [row.id], titles: [row.title], outlines: row.isOutline ? 1 : 0 })}
        />
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="lg" aria-label={t('articles.act.more')}>
            <Ellipsis {...ICON} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            color="danger"
            leftSection={<Trash2 {...ICON} />}
            onClick={() => void move('removed', self, onLeave)}
          >
            {t('articles.act.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PublishDialog request={asked} site={site?.name ?? ''} onClose={() => setAsked(null)} />
    </>
  );
}
