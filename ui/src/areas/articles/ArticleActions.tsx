/** The steps that an article can take from where it is: one primary, the others quiet. Letters do the same. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  CalendarClock,
  CalendarOff,
  Check,
  Ellipsis,
  FilePlus,
  Pencil,
  RotateCcw,
  Send,
  Trash2,
  Undo2,
} from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContentRow, ContentView, SiteView } from '../../host';
import { useHotkeys } from '../../kit/hotkeys';
import { PrimaryAction } from '../../kit/PrimaryAction';
import { selectionOf, useArticleMoves } from '../../parts/articleMoves';
import { PublishDialog } from '../../parts/PublishDialog';
import { isDelivered, isPostMissing, isPublishable, type PublishRequest, requestOf } from '../../parts/publishing';
import { ScheduleDialog } from '../../parts/ScheduleDialog';
import { isSchedulable, isScheduled, useScheduling } from '../../parts/scheduling';

const ICON = { size: '1rem', 'aria-hidden': true } as const;

type Props = {
  view: ContentView;
  site: SiteView | null;
  onEdit: () => void;
  /** Goes to the list the article stands in. */
  onLeave: () => void;
};

export function ArticleActions({ view: { row, zone }, site, onEdit, onLeave }: Props) {
  const { t } = useTranslation();
  const move = useArticleMoves();
  const [asked, setAsked] = useState<PublishRequest | null>(null);
  const [planned, setPlanned] = useState<readonly string[] | null>(null);
  const schedule = useScheduling();
  const self = selectionOf([row.id]);
  const approve = () => void move('approved', self);
  useHotkeys({
    ...(row.isImported ? {} : { e: onEdit }),
    escape: onLeave,
    ...(row.status === 'review' ? { a: approve } : {}),
  });
  const mayGoBack = row.status !== 'draft' && !isDelivered(row);
  return (
    <>
      {!row.isImported && (
        <Button variant="default" leftSection={<Pencil {...ICON} />} onClick={onEdit}>
          {t('articles.act.edit')}
        </Button>
      )}
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
      {isSchedulable(row) && (
        <Button variant="default" leftSection={<CalendarClock {...ICON} />} onClick={() => setPlanned([row.id])}>
          {t(isScheduled(row) ? 'schedule.act.move' : 'schedule.act.schedule')}
        </Button>
      )}
      {isPublishable(row) && <Publishing row={row} onAsk={setAsked} />}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="lg" aria-label={t('articles.act.more')}>
            <Ellipsis {...ICON} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isScheduled(row) && (
            <Menu.Item
              leftSection={<CalendarOff {...ICON} />}
              onClick={() => void schedule([{ id: row.id, at: null }])}
            >
              {t('schedule.act.off')}
            </Menu.Item>
          )}
          <Menu.Item
            color="danger"
            leftSection={<Trash2 {...ICON} />}
            onClick={() => void move('removed', self, onLeave)}
          >
            {t('articles.act.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ScheduleDialog ids={planned} zone={zone} onClose={() => setPlanned(null)} />
      <PublishDialog request={asked} site={site?.name ?? ''} onClose={() => setAsked(null)} />
    </>
  );
}

/** A post that is missing on the site is published anew only on purpose; trying again finds it when it was put back. */
function Publishing({ row, onAsk }: { row: ContentRow; onAsk: (request: PublishRequest) => void }) {
  const { t } = useTranslation();
  if (!isPostMissing(row)) {
    const update = row.failure === null ? 'update' : 'tryAgain';
    const step = row.delivery === 'published' ? update : 'publish';
    return (
      <PrimaryAction
        label={t(`articles.act.${step}`)}
        icon={<Send {...ICON} />}
        onPress={() => onAsk(requestOf(row))}
      />
    );
  }
  return (
    <>
      <Button variant="default" leftSection={<RotateCcw {...ICON} />} onClick={() => onAsk(requestOf(row))}>
        {t('articles.act.tryAgain')}
      </Button>
      <PrimaryAction
        label={t('articles.act.publishAnew')}
        icon={<FilePlus {...ICON} />}
        onPress={() => onAsk({ ...requestOf(row), anew: true })}
      />
    </>
  );
}
