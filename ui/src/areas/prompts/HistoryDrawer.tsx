/** The wordings a prompt has had: compared with the one in use, and put in use again. */
import { Badge, Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { problemOf, tell } from '../../data/problems';
import type { PromptVersionView, PromptView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { SideDrawer } from '../../kit/SideDrawer';
import { toast } from '../../kit/toasts';
import { When } from '../../kit/When';
import { nameOf } from '../../parts/promptWords';
import { difference } from './difference';
import classes from './prompts.module.css';

type Props = { opened: boolean; prompt: PromptView; siteId: string | null; onClose: () => void };

export function HistoryDrawer({ opened, prompt, siteId, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <SideDrawer
      opened={opened}
      size="reading"
      title={t('prompts.history.title', { name: nameOf(prompt.kind) })}
      onClose={onClose}
    >
      {opened && <Versions prompt={prompt} siteId={siteId} />}
    </SideDrawer>
  );
}

function Versions({ prompt, siteId }: { prompt: PromptView; siteId: string | null }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCommand('promptVersions', [prompt.kind, siteId]);
  const problem = problemOf(error);
  if (problem !== null) return <ErrorState problem={problem} onRetry={() => void refetch()} />;
  return (
    <>
      {data?.length === 0 && <Text c="dimmed">{t('prompts.history.empty')}</Text>}
      <ul className={classes.versions}>
        {data?.map((version) => (
          <Version key={version.id} version={version} body={prompt.body} />
        ))}
      </ul>
      {prompt.body !== prompt.builtIn && (
        <details>
          <summary className={classes.summary}>{t('prompts.history.builtIn')}</summary>
          <Changes before={prompt.body} after={prompt.builtIn} />
        </details>
      )}
    </>
  );
}

function Version({ version, body }: { version: PromptVersionView; body: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const use = useAct('promptUseVersion');
  const again = () =>
    use.mutate([version.id], {
      onSuccess: () => toast('success', t('prompts.history.used', { version: version.version })),
      onError: tell,
    });
  return (
    <li className={classes.versionEntry}>
      <Group gap="sm">
        <Text fw={500}>{t('prompts.version', { version: version.version })}</Text>
        <Text size="sm" c="dimmed">
          <When at={version.writtenAt} />
        </Text>
        {version.isInUse ? (
          <Badge variant="light">{t('prompts.history.inUse')}</Badge>
        ) : (
          <Button variant="default" loading={use.isPending} onClick={again}>
            {t('prompts.history.use')}
          </Button>
        )}
        {!version.isInUse && (
          <Button variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('prompts.history.compare')}
          </Button>
        )}
      </Group>
      {isOpen && <Changes before={body} after={version.body} />}
    </li>
  );
}

/** What would change; each line says by a sign and a word for those who hear it whether it comes or goes. */
function Changes({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation();
  if (before === after) return <Text c="dimmed">{t('prompts.history.same')}</Text>;
  const words = { added: t('prompts.history.added'), removed: t('prompts.history.removed') };
  return (
    <ol className={classes.changes}>
      {difference(before, after).map(({ kind, text }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other name, and none is kept.
        <li key={at} data-change={kind}>
          {kind !== 'same' && <VisuallyHidden>{words[kind]} </VisuallyHidden>}
          {text}
        </li>
      ))}
    </ol>
  );
}
