/** Asks once before articles go out, since a site cannot be made to forget them; says which and where. */
import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeyedAct } from '../data/command';
import { tell } from '../data/problems';
import { formatCount } from '../kit/format';
import { toast } from '../kit/toasts';
import { selectionOf } from './articleMoves';
import type { PublishRequest } from './publishing';

/** Titles named before the rest is counted. */
const TITLES_SHOWN = 5;

type Props = {
  /** Null while nothing is asked. */
  request: PublishRequest | null;
  /** Name of the site. */
  site: string;
  onClose: () => void;
  onStarted?: () => void;
};

export function PublishDialog({ request, site, onClose, onStarted }: Props) {
  const { t } = useTranslation();
  // While it closes it shows what it asked.
  const [asked, setAsked] = useState(request);
  if (request !== null && request !== asked) setAsked(request);
  const count = asked?.ids.length ?? 0;
  return (
    <Modal
      opened={request !== null}
      onClose={onClose}
      title={
        asked?.anew === true
          ? t('articles.publish.anewTitle')
          : t('articles.publish.title', { count, amount: formatCount(count) })
      }
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      {asked !== null && (
        <Question
          request={asked}
          site={site}
          onClose={onClose}
          onStarted={() => {
            onClose();
            onStarted?.();
          }}
        />
      )}
    </Modal>
  );
}

type QuestionProps = Required<Props> & { request: PublishRequest };

function Question({ request: { ids, titles, outlines, anew = false }, site, onClose, onStarted }: QuestionProps) {
  const { t } = useTranslation();
  const publish = useKeyedAct('contentsPublish');
  const shown = titles.slice(0, TITLES_SHOWN);
  const others = ids.length - shown.length;
  const press = () =>
    publish.mutate([selectionOf(ids), anew], {
      onSuccess: ({ ids: taken }) => {
        toast('info', t('articles.publish.started', { count: taken.length, amount: formatCount(taken.length) }));
        onStarted();
      },
      onError: tell,
    });
  return (
    <Stack gap="lg">
      <Text>
        {anew
          ? t('articles.publish.anewQuestion', { site })
          : t('articles.publish.question', { count: ids.length, site })}{' '}
        {t(anew ? 'articles.publish.anewInstead' : 'articles.publish.receipts')}
      </Text>
      <List spacing="xs">
        {shown.map((title) => (
          <List.Item key={title}>{title}</List.Item>
        ))}
        {others > 0 && (
          <List.Item c="dimmed">{t('articles.publish.more', { count: others, amount: formatCount(others) })}</List.Item>
        )}
      </List>
      {outlines > 0 && (
        <Alert color="warning" variant="light">
          {t('articles.publish.outlines', { count: outlines, amount: formatCount(outlines) })}
        </Alert>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button
          data-autofocus
          leftSection={<Send size="1rem" aria-hidden />}
          loading={publish.isPending}
          onClick={press}
        >
          {t(anew ? 'articles.publish.anewConfirm' : 'articles.publish.confirm')}
        </Button>
      </Group>
    </Stack>
  );
}
