/**
 * Connects a provider, or connects it anew: its address, how often it is asked, and a key that goes into the keyring and
 * never comes back. One that has a key keeps it where nothing is typed.
 */
import { Checkbox, PasswordInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { tell } from '../../data/problems';
import type { ProviderDraft, ProviderView } from '../../host';
import { FormModal } from '../../kit/FormModal';
import { toast } from '../../kit/toasts';
import { isCount } from './modelDraft';
import { DIALECTS, PROVIDERS } from './providers';

type Props = {
  /** Null for one that is not connected. */
  provider: ProviderView | null;
  /** Its name, where it is known already. */
  named?: string;
  onClose: () => void;
};
type Fields = { name: string; url: string; dialect: string; perMinute: string; vendorKey: string; forgetsKey: boolean };

/** A select has no other way to say what is not in the list. */
const OTHER = '';

export function ProviderForm({ provider, named = '', onClose }: Props) {
  const { t } = useTranslation();
  const connect = useAct('providerConnect');
  const preset = PROVIDERS.find(({ name }) => name === named);
  const form = useForm<Fields>({
    mode: 'controlled',
    initialValues: {
      name: provider?.name ?? named,
      url: provider?.url ?? preset?.url ?? '',
      dialect: provider?.dialect ?? preset?.dialect ?? '',
      perMinute: provider?.perMinute?.toString() ?? '',
      vendorKey: '',
      forgetsKey: false,
    },
    validate: {
      perMinute: (rate) => (isCount(rate) ? null : t('models.form.notANumber')),
      name: (name) => (name.trim() === '' ? t('models.providers.form.nameMissing') : null),
      url: (url) => (url.trim() === '' ? t('models.providers.form.urlMissing') : null),
    },
  });
  const known = PROVIDERS.find(({ name, url }) => name === form.values.name && url === form.values.url);
  const choose = (name: string | null) => {
    const chosen = PROVIDERS.find((row) => row.name === name);
    form.setValues({ name: chosen?.name ?? '', url: chosen?.url ?? '', dialect: chosen?.dialect ?? '' });
  };
  const hasKey = provider?.hasKey === true;
  const submit = form.onSubmit((fields) =>
    connect.mutate([draftOf(fields, hasKey)], {
      onSuccess: (kept) => {
        toast('success', t('models.providers.form.connected', { name: fields.name.trim() }));
        if (kept === 'memory') toast('warning', t('models.providers.form.inMemory'));
        onClose();
      },
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
      title={
        provider === null ? t('models.providers.form.add') : t('models.providers.form.edit', { name: provider.name })
      }
      submitLabel={t('models.providers.form.submit')}
      busy={connect.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {provider === null && (
        <Select
          label={t('models.providers.form.known')}
          allowDeselect={false}
          data-autofocus
          data={[
            ...PROVIDERS.map(({ name, label }) => ({ value: name, label })),
            { value: OTHER, label: t('models.providers.form.other') },
          ]}
          value={known?.name ?? OTHER}
          onChange={choose}
        />
      )}
      <TextInput
        label={t('models.providers.form.name')}
        description={t('models.providers.form.nameHint')}
        disabled={provider !== null}
        {...form.getInputProps('name')}
      />
      <TextInput label={t('models.providers.form.url')} {...form.getInputProps('url')} />
      <Select
        label={t('models.providers.form.dialect')}
        allowDeselect={false}
        data={[{ value: '', label: t('models.providers.form.dialectAuto') }, ...DIALECTS]}
        {...form.getInputProps('dialect')}
      />
      <TextInput
        label={t('models.providers.form.perMinute')}
        description={t('models.providers.form.perMinuteHint')}
        inputMode="numeric"
        {...form.getInputProps('perMinute')}
      />
      <PasswordInput
        label={t(hasKey ? 'models.providers.form.newKey' : 'models.providers.form.key')}
        description={t(hasKey ? 'models.providers.form.newKeyHint' : 'models.providers.form.keyHint')}
        autoComplete="off"
        disabled={form.values.forgetsKey}
        {...form.getInputProps('vendorKey')}
      />
      {hasKey && (
        <Checkbox
          label={t('models.providers.form.forgetsKey')}
          {...form.getInputProps('forgetsKey', { type: 'checkbox' })}
        />
      )}
    </FormModal>
  );
}

/** What the host is told. */
function draftOf(fields: Fields, hasKey: boolean): ProviderDraft {
  const said = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    name: fields.name.trim(),
    url: fields.url.trim(),
    dialect: said(fields.dialect),
    key: fields.forgetsKey ? null : said(fields.vendorKey),
    keepsKey: hasKey && !fields.forgetsKey,
    perMinute: said(fields.perMinute) === null ? null : Number(fields.perMinute),
  };
}
