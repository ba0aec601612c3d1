/** Finding the passage of an article that its site refuses: begun on request, with progress, and shown when found. */
import { Button, Code, Stack, Text } from '@mantine/core';
import { SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { wordsOf } from '../../data/faults';
import { tell } from '../../data/problems';
import type { PassageSearch as Search } from '../../host';
import { ProgressLine } from '../../kit/ProgressLine';

/** Texts that the longest search tries; the bar is full before only when it finds out sooner. */
const TEXTS_MAX = 90;

export function PassageSearch({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data: search } = useCommand('passages', [id]);
  const find = useAct('passagesFind');
  const stop = useAct('passagesStop');
  if (search === undefined) return null;
  if (search.state === 'running')
    return (
      <ProgressLine
        label={t('passages.running', { count: search.tried })}
        done={search.tried}
        total={TEXTS_MAX}
        cancelling={stop.isSuccess}
        onCancel={() => stop.mutate([id], { onError: tell })}
      />
    );
  return (
    <Stack gap="xs" aria-live="polite">
      {search.state === 'idle' ? (
        <Text size="sm" c="dimmed">
          {t('passages.lead')}
        </Text>
      ) : (
        <Outcome search={search} />
      )}
      <Button
        variant="default"
        leftSection={<SearchX size="1rem" aria-hidden />}
        loading={find.isPending}
        onClick={() => find.mutate([id], { onError: tell })}
      >
        {t(search.state === 'idle' ? 'passages.find' : 'passages.again')}
      </Button>
    </Stack>
  );
}

function Outcome({ search }: { search: Search }) {
  const { t } = useTranslation();
  const { state, passages, isCutShort, failure, host, note } = search;
  if (state === 'failed') {
    const { what, advice } = wordsOf({ code: 'Site', detail: { host, failure, note } });
    return <Text size="sm">{advice === undefined ? what : `${what} ${advice}`}</Text>;
  }
  if (state === 'stopped' && passages.length === 0) return <Text size="sm">{t('passages.stopped')}</Text>;
  if (passages.length === 0) return <Text size="sm">{t('passages.none')}</Text>;
  return (
    <>
      <Text size="sm" fw={500}>
        {t('passages.found', { count: passages.length })}
      </Text>
      {passages.map(({ place, text, isMarkup }) => (
        <div key={`${place}/${text}`}>
          <Text size="xs" c="dimmed">
            {t(`passages.place.${place as 'title' | 'excerpt' | 'meta_title' | 'meta_description' | 'body'}`)}
          </Text>
          <Code block>{text}</Code>
          {isMarkup && (
            <Text size="xs" c="dimmed">
              {t('passages.markup')}
            </Text>
          )}
        </div>
      ))}
      <Text size="sm" c="dimmed">
        {isCutShort && `${t('passages.cutShort')} `}
        {t('passages.advice')}
      </Text>
    </>
  );
}
