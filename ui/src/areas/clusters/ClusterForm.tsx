/** Name and description of a cluster. */
import { Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { tell } from '../../data/problems';
import type { ClusterRow } from '../../host';
import { FormModal } from '../../kit/FormModal';
import { toast } from '../../kit/toasts';

const NAME_CHARS_MAX = 200;
const DESCRIPTION_CHARS_MAX = 2_000;

type Props = { row: ClusterRow; onClose: () => void };

export function ClusterForm({ row, onClose }: Props) {
  const { t } = useTranslation();
  const update = useAct('clusterUpdate');
  const tooLong = (value: string, most: number) => (value.length > most ? t('clusters.form.tooLong', { most }) : null);
  const form = useForm({
    mode: 'controlled',
    initialValues: { name: row.name, description: row.description },
    validate: {
      name: (value) => (value.trim() === '' ? t('clusters.form.required') : tooLong(value, NAME_CHARS_MAX)),
      description: (value) => tooLong(value, DESCRIPTION_CHARS_MAX),
    },
  });
  const refuse = (error: unknown) => {
    const fault = faultOf(error);
    if (fault.code === 'InvalidField' && fault.detail.field in form.getValues())
      form.setFieldError(fault.detail.field, wordsOf(fault).what);
    else tell(error);
  };
  const save = form.onSubmit(({ name, description }) =>
    update.mutate([row.id, name.trim(), description.trim()], {
      onSuccess: () => {
        toast('success', t('clusters.form.saved', { name: name.trim() }));
        onClose();
      },
      onError: refuse,
    }),
  );
  return (
    <FormModal
      opened
      title={t('clusters.form.title')}
      submitLabel={t('clusters.form.save')}
      busy={update.isPending}
      onSubmit={() => save()}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={t('clusters.form.name')}
        key={form.key('name')}
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('clusters.form.description')}
        description={t('clusters.form.descriptionHint')}
        autosize
        minRows={3}
        maxRows={10}
        key={form.key('description')}
        {...form.getInputProps('description')}
      />
    </FormModal>
  );
}
