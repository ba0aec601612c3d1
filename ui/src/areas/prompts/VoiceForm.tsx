/** How a site speaks: its tone, how long its articles are planned, and who signs them. */
import { Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { problemOf, tell } from '../../data/problems';
import type { SiteView, SiteVoiceView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { CardsSkeleton } from '../../kit/Skeletons';
import { toast } from '../../kit/toasts';
import { PageLink } from '../../parts/pages';

const TONES = ['neutral', 'friendly', 'professional', 'conversational', 'authoritative', 'playful'] as const;
const LENGTHS = ['short', 'medium', 'long'] as const;

export function VoiceForm({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCommand('siteVoice', [site.id]);
  const problem = problemOf(error);
  return (
    <section>
      <Title order={2}>{t('prompts.voice.title', { site: site.name })}</Title>
      <Text c="dimmed" mb="md">
        {t('prompts.voice.note')}
      </Text>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {problem === null && data === undefined && <CardsSkeleton cards={1} />}
      {data !== undefined && <Fields site={site} voice={data} />}
    </section>
  );
}

function Fields({ site, voice }: { site: SiteView; voice: SiteVoiceView }) {
  const { t } = useTranslation();
  const [changed, setChanged] = useState<Partial<SiteVoiceView>>({});
  const { data: authors } = useCommand('authors', []);
  const save = useAct('siteVoiceSave');
  const values = { ...voice, ...changed };
  const change = (next: Partial<SiteVoiceView>) => setChanged({ ...changed, ...next });
  const isChanged = values.tone !== voice.tone || values.length !== voice.length || values.authorId !== voice.authorId;
  const keep = () =>
    save.mutate([site.id, values], {
      onSuccess: () => {
        setChanged({});
        toast('success', t('prompts.voice.saved', { site: site.name }));
      },
      onError: tell,
    });
  return (
    <Stack gap="md" maw="28rem">
      <Select
        label={t('prompts.voice.tone')}
        allowDeselect={false}
        data={[
          { value: '', label: t('prompts.voice.toneNone') },
          ...TONES.map((tone) => ({ value: tone, label: t(`prompts.voice.tones.${tone}`) })),
        ]}
        value={values.tone}
        onChange={(tone) => change({ tone: tone ?? '' })}
      />
      <Select
        label={t('prompts.voice.length')}
        allowDeselect={false}
        data={[
          { value: '', label: t('prompts.voice.lengthNone') },
          ...LENGTHS.map((length) => ({ value: length, label: t(`prompts.voice.lengths.${length}`) })),
        ]}
        value={values.length}
        onChange={(length) => change({ length: length ?? '' })}
      />
      <Select
        label={t('prompts.voice.author')}
        allowDeselect={false}
        data={[
          { value: '', label: t('prompts.voice.authorNone') },
          ...(authors ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={values.authorId ?? ''}
        onChange={(id) => change({ authorId: id === null || id === '' ? null : id })}
      />
      <TextInput
        label={t('prompts.voice.language')}
        description={t('prompts.voice.languageHint')}
        value={site.language}
        readOnly
      />
      <Group gap="sm">
        <Button variant="default" loading={save.isPending} disabled={!isChanged} onClick={keep}>
          {t('prompts.editor.save')}
        </Button>
        <PageLink page="sites" open={site.id}>
          {t('prompts.voice.openSite')}
        </PageLink>
      </Group>
    </Stack>
  );
}
