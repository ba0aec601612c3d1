/** An author: a name, who that is, and how they write. */
import { Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { tell } from '../../data/problems';
import type { AuthorDraft, AuthorView } from '../../host';
import { FormModal } from '../../kit/FormModal';

const NAME_CHARS_MAX = 200;
/** What the host keeps of a note. */
const NOTE_CHARS_MAX = 1000;

type Props = { author: AuthorView | null; onClose: () => void };

export function AuthorForm({ author, onClose }: Props) {
  const { t } = useTranslation();
  const save = useAct('authorSave');
  const form = useForm<AuthorDraft>({
    mode: 'controlled',
    initialValues: { name: author?.name ?? '', bio: author?.bio ?? '', voice: author?.voice ?? '' },
    validate: { name: (name) => (name.trim() === '' ? t('prompts.authors.nameMissing') : null) },
  });
  const keep = form.onSubmit((values) =>
    save.mutate([author?.id ?? null, values], {
      onSuccess: onClose,
      onError: (error) => {
        const fault = faultOf(error);
        if (fault.code === 'InvalidField' && fault.detail.field in form.getValues())
          form.setFieldError(fault.detail.field, wordsOf(fault).what);
        else tell(error);
      },
    }),
  );
  return (
    <FormModal
      opened
      title={author === null ? t('prompts.authors.new') : t('prompts.authors.edit', { name: author.name })}
      submitLabel={t('prompts.authors.save')}
      busy={save.isPending}
      onSubmit={keep}
      onClose={onClose}
    >
      <TextInput
        label={t('prompts.authors.name')}
        maxLength={NAME_CHARS_MAX}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('prompts.authors.bio')}
        description={t('prompts.authors.bioHint')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={NOTE_CHARS_MAX}
        {...form.getInputProps('bio')}
      />
      <Textarea
        label={t('prompts.authors.voice')}
        description={t('prompts.authors.voiceHint')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={NOTE_CHARS_MAX}
        {...form.getInputProps('voice')}
      />
    </FormModal>
  );
}
