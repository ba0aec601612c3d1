/** What an article shall be: its working title, its brief, how it is built, and how long. */
import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { tell } from '../../data/problems';
import { wordOf } from '../../data/status';
import type { IdeaEdit, IdeaRow } from '../../host';
import { FormModal } from '../../kit/FormModal';
import { formatCount } from '../../kit/format';
import { toast } from '../../kit/toasts';
import { STRUCTURES } from './structures';

const TITLE_CHARS_MAX = 200;
const DESCRIPTION_CHARS_MAX = 2_000;
const WORDS_MIN = 100;
const WORDS_MAX = 10_000;
const WORDS_STEP = 100;

type Props = { row: IdeaRow; onClose: () => void };

export function IdeaForm({ row, onClose }: Props) {
  const { t } = useTranslation();
  const update = useAct('ideaUpdate');
  const range = t('ideas.form.wordsHint', { least: formatCount(WORDS_MIN), most: formatCount(WORDS_MAX) });
  const tooLong = (value: string, most: number) =>
    value.length > most ? t('ideas.form.tooLong', { most: formatCount(most) }) : null;
  const form = useForm<IdeaEdit>({
    mode: 'controlled',
    initialValues: valuesOf(row),
    validate: {
      title: (value) => (value.trim() === '' ? t('ideas.form.required') : tooLong(value, TITLE_CHARS_MAX)),
      description: (value) => tooLong(value, DESCRIPTION_CHARS_MAX),
      wordCountTarget: (value) => (Number.isInteger(value) && value >= WORDS_MIN && value <= WORDS_MAX ? null : range),
    },
  });
  const refuse = (error: unknown) => {
    const fault = faultOf(error);
    if (fault.code === 'InvalidField' && fault.detail.field in form.getValues())
      form.setFieldError(fault.detail.field, wordsOf(fault).what);
    else tell(error);
  };
  const save = form.onSubmit((values) => {
    const edit = { ...values, title: values.title.trim(), description: values.description.trim() };
    update.mutate([row.id, edit], {
      onSuccess: () => {
        toast('success', t('ideas.form.saved', { title: edit.title }));
        onClose();
      },
      onError: refuse,
    });
  });
  return (
    <FormModal
      opened
      size="lg"
      title={t('ideas.form.title')}
      submitLabel={t('ideas.form.save')}
      busy={update.isPending}
      onSubmit={() => save()}
      onClose={onClose}
    >
      <TextInput data-autofocus label={t('ideas.form.name')} {...form.getInputProps('title')} />
      <Textarea
        label={t('ideas.form.description')}
        description={t('ideas.form.descriptionHint')}
        autosize
        minRows={3}
        maxRows={10}
        {...form.getInputProps('description')}
      />
      <Select
        label={t('ideas.form.structure')}
        allowDeselect={false}
        data={Object.entries(STRUCTURES).map(([type, structures]) => ({
          group: wordOf('contentType', type),
          items: structures.map((structure) => ({ value: structure, label: wordOf('structure', structure) })),
        }))}
        {...form.getInputProps('contentStructure')}
      />
      <NumberInput
        label={t('ideas.form.words')}
        description={range}
        step={WORDS_STEP}
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator=","
        {...form.getInputProps('wordCountTarget')}
      />
    </FormModal>
  );
}

function valuesOf({ title, description, contentStructure, wordCountTarget }: IdeaRow): IdeaEdit {
  return { title, description, contentStructure, wordCountTarget };
}
