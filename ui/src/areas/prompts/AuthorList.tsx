/** Who signs articles: added, changed, and removed with a way back. */
import { ActionIcon, Button, Group, Text, Title, Tooltip } from '@mantine/core';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import { useUndoable } from '../../data/undo';
import type { AuthorView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { AuthorForm } from './AuthorForm';
import classes from './prompts.module.css';

export function AuthorList() {
  const { t } = useTranslation();
  const { data, error, refetch } = useCommand('authors', []);
  const [edited, setEdited] = useState<AuthorView | 'new' | null>(null);
  const remove = useUndoable(
    'authorRemove',
    'authorRestore',
    (_done, [id]) => [id],
    (_done, [id]) => t('prompts.authors.removed', { name: data?.find((author) => author.id === id)?.name }),
  );
  const problem = problemOf(error);
  return (
    <section>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t('prompts.authors.title')}</Title>
        <Button variant="default" leftSection={<Plus size="1rem" aria-hidden />} onClick={() => setEdited('new')}>
          {t('prompts.authors.add')}
        </Button>
      </Group>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {data?.length === 0 && <Text c="dimmed">{t('prompts.authors.empty')}</Text>}
      <ul className={classes.authors}>
        {data?.map((author) => (
          <li key={author.id} className={classes.author}>
            <div>
              <Text fw={500}>{author.name}</Text>
              {author.bio !== '' && <Text size="sm">{author.bio}</Text>}
              {author.voice !== '' && (
                <Text size="sm" c="dimmed">
                  {author.voice}
                </Text>
              )}
              {author.siteCount > 0 && (
                <Text size="xs" c="dimmed">
                  {t('prompts.authors.signs', { count: author.siteCount })}
                </Text>
              )}
            </div>
            <Group gap="xs" wrap="nowrap">
              <Tooltip label={t('prompts.authors.edit', { name: author.name })}>
                <ActionIcon
                  aria-label={t('prompts.authors.edit', { name: author.name })}
                  onClick={() => setEdited(author)}
                >
                  <Pencil size="1rem" aria-hidden />
                </ActionIcon>
              </Tooltip>
              <Tooltip label={t('prompts.authors.remove', { name: author.name })}>
                <ActionIcon
                  aria-label={t('prompts.authors.remove', { name: author.name })}
                  onClick={() => void remove([author.id])}
                >
                  <Trash2 size="1rem" aria-hidden />
                </ActionIcon>
              </Tooltip>
            </Group>
          </li>
        ))}
      </ul>
      {edited !== null && <AuthorForm author={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </section>
  );
}
