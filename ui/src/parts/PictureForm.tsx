/** Description and text alternative of a picture, and the button that makes it anew from them. */
import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../data/command';
import { tell } from '../data/problems';
import type { ImageView } from '../host';
import { formatCount } from '../kit/format';
import { toast } from '../kit/toasts';
import { AgainButton } from './AgainButton';

/** Longest text alternative that is kept. */
const ALT_CHARS_MAX = 250;
const PROMPT_CHARS_MAX = 2000;

type Props = {
  siteId: string;
  image: ImageView;
  onStarted?: ((operationId: string) => void) | undefined;
};

export function PictureForm({ siteId, image, onStarted }: Props) {
  const { t } = useTranslation();
  const [prompt, setPrompt] = useState(image.prompt);
  const [alt, setAlt] = useState(image.alt);
  const update = useAct('imageUpdate');
  const isChanged = prompt !== image.prompt || alt !== image.alt;
  const isMissing = prompt.trim() === '';
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged || isMissing) return;
    update.mutate([image.id, prompt, alt], {
      onSuccess: () => toast('success', t('pictures.saved')),
      onError: tell,
    });
  };
  return (
    <form onSubmit={save}>
      <Stack gap="md">
        <Textarea
          label={t('pictures.prompt')}
          description={t('pictures.promptHint')}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={PROMPT_CHARS_MAX}
          value={prompt}
          error={isMissing ? t('pictures.promptMissing') : null}
          onChange={(event) => setPrompt(event.currentTarget.value)}
        />
        <TextInput
          label={t('pictures.alt')}
          description={`${t('pictures.altHint')} ${t('pictures.altLength', { length: formatCount(alt.length), most: formatCount(ALT_CHARS_MAX) })}`}
          maxLength={ALT_CHARS_MAX}
          value={alt}
          onChange={(event) => setAlt(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm">
          <AgainButton
            siteId={siteId}
            images={[image]}
            blocked={prompt === image.prompt ? undefined : t('pictures.saveFirst')}
            onStarted={onStarted}
          />
          <Button type="submit" disabled={!isChanged || isMissing} loading={update.isPending}>
            {t('pictures.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
