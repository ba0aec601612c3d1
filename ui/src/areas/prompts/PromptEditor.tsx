/** One prompt: its words, whose they are, what they may name, and what is sent with them. */
import { Button, Group, Text, Textarea, Title } from '@mantine/core';
import { History, RotateCcw } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { useUndoable } from '../../data/undo';
import type { PromptView, SiteView } from '../../host';
import { formatCount } from '../../kit/format';
import { PrimaryAction } from '../../kit/PrimaryAction';
import { Fill } from '../../kit/slots';
import { toast } from '../../kit/toasts';
import { When } from '../../kit/When';
import { aboutOf, nameOf } from '../../parts/promptWords';
import { HistoryDrawer } from './HistoryDrawer';
import { PreviewPanel } from './PreviewPanel';
import { OriginBadge } from './PromptList';
import classes from './prompts.module.css';
import { UnsavedGuard } from './UnsavedGuard';
import { VariableList } from './VariableList';

/** `site` is null for the words of all sites. */
type Props = { prompt: PromptView; site: SiteView | null; charsMax: number };

export function PromptEditor({ prompt, site, charsMax }: Props) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  // Null while nothing was typed, so that words changed elsewhere are followed.
  const [typed, setTyped] = useState<string | null>(null);
  const [isHistoryOpen, setHistoryOpen] = useState(false);
  const save = useAct('promptSave');
  const reset = useUndoable(
    'promptReset',
    'promptUseVersion',
    (was) => [was],
    () => t('prompts.editor.resetDone', { name: nameOf(prompt.kind) }),
  );
  const text = typed ?? prompt.body;
  const isChanged = typed !== null && typed.trim() !== prompt.body;
  const isOwn = site === null ? prompt.origin === 'yours' : prompt.origin === 'site';
  const siteId = site?.id ?? null;
  const keep = () => {
    if (!isChanged || save.isPending) return;
    save.mutate([prompt.kind, siteId, text], {
      onSuccess: () => {
        setTyped(null);
        toast('success', t('prompts.editor.saved'));
      },
    });
  };
  const type = (next: string) => {
    save.reset();
    setTyped(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    keep();
  };
  const name = nameOf(prompt.kind);
  return (
    <>
      <UnsavedGuard isChanged={isChanged} name={name} />
      <Fill slot="actions">
        <PrimaryAction
          label={site === null ? t('prompts.editor.save') : t('prompts.editor.saveSite', { site: site.name })}
          busy={save.isPending}
          blocked={isChanged ? undefined : t('prompts.editor.unchanged')}
          onPress={keep}
        />
      </Fill>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+S saves from wherever the focus is inside. */}
      <div className={classes.editor} onKeyDown={onKeyDown}>
        <Heading prompt={prompt} />
        <Textarea
          ref={field}
          label={t('prompts.editor.label', { name })}
          description={t('prompts.editor.chars', { chars: formatCount(text.length), max: formatCount(charsMax) })}
          classNames={{ input: classes.words ?? '' }}
          autosize
          minRows={8}
          maxRows={24}
          spellCheck={false}
          value={text}
          error={save.error === null ? undefined : wordsOf(faultOf(save.error)).what}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <Group gap="sm">
          {isChanged && (
            <Button variant="default" onClick={() => setTyped(null)}>
              {t('prompts.editor.revert')}
            </Button>
          )}
          {isOwn && (
            <Button
              variant="default"
              leftSection={<RotateCcw size="1rem" aria-hidden />}
              onClick={() => void reset([prompt.kind, siteId], () => setTyped(null))}
            >
              {t(site === null ? 'prompts.editor.reset' : 'prompts.editor.resetSite')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<History size="1rem" aria-hidden />}
            onClick={() => setHistoryOpen(true)}
          >
            {t('prompts.editor.history')}
          </Button>
          {isChanged && (
            <Text size="sm" c="dimmed">
              {t('prompts.editor.changed')}
            </Text>
          )}
        </Group>
        <VariableList variables={prompt.variables} onInsert={(name) => type(inserted(field.current, text, name))} />
        <PreviewPanel kind={prompt.kind} body={text} site={site} />
      </div>
      <HistoryDrawer opened={isHistoryOpen} prompt={prompt} siteId={siteId} onClose={() => setHistoryOpen(false)} />
    </>
  );
}

function Heading({ prompt }: { prompt: PromptView }) {
  const { t } = useTranslation();
  return (
    <header>
      <Group gap="sm" mb="xs">
        <Title order={2}>{nameOf(prompt.kind)}</Title>
        <OriginBadge origin={prompt.origin} />
        {prompt.version !== null && (
          <Text size="xs" c="dimmed">
            {t('prompts.version', { version: prompt.version })}
            {prompt.writtenAt !== null && (
              <>
                {' · '}
                <When at={prompt.writtenAt} />
              </>
            )}
          </Text>
        )}
        {prompt.siteCount > 0 && (
          <Text size="xs" c="dimmed">
            {t('prompts.sites', { count: prompt.siteCount })}
          </Text>
        )}
      </Group>
      <Text c="dimmed">
        {aboutOf(prompt)} {t('prompts.builtinNote')}
      </Text>
    </header>
  );
}

/** The text with a variable where the cursor stands, or at its end. */
function inserted(field: HTMLTextAreaElement | null, text: string, name: string): string {
  const value = `{{ ${name} }}`;
  const [from, to] = [field?.selectionStart ?? text.length, field?.selectionEnd ?? text.length];
  return text.slice(0, from) + value + text.slice(to);
}
