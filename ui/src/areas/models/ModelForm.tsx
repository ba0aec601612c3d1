/** A model with its price: a new one, of which the catalogue fills in what it knows, or a new price for one. */
import { Group, SegmentedControl, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { faultOf, unwrap } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { useHost } from '../../data/host';
import { tell } from '../../data/problems';
import type { ModelView } from '../../host';
import { FormModal } from '../../kit/FormModal';
import { toast } from '../../kit/toasts';
import { AbilityFieldset } from './AbilityFieldset';
import { abilityProblems, fieldOfRule } from './abilities';
import { COUNTS, draftOf, fieldsOf, isCount, isPrice, type ModelFields, PRICES } from './modelDraft';
import { TierFieldset } from './TierFieldset';
import { isInTiers } from './tiers';

type Props = {
  /** Null for a new one. */
  model: ModelView | null;
  onClose: () => void;
};

const TEXT_FIELDS = [
  ['costPer1kInput', 'input'],
  ['costPer1kOutput', 'output'],
  ['costPer1kCachedInput', 'cached'],
  ['costPer1kCacheWrite', 'cacheWrite'],
  ['tokensPerCredit', 'tokensPerCredit'],
  ['minCredits', 'minCredits'],
  ['contextTokens', 'context'],
  ['maxOutputTokens', 'maxOutput'],
] as const;
const WHOLE_IMAGE_FIELDS = [
  ['costPerImage', 'image'],
  ['creditsPerImage', 'creditsPerImage'],
] as const;
const IMAGE_FIELDS = [
  ['costPer1kInput', 'input'],
  ['costPer1kOutput', 'output'],
  ['costPer1kImageOutput', 'imageOutput'],
  ['costPer1kCachedInput', 'cached'],
] as const;

export function ModelForm({ model, onClose }: Props) {
  const { t } = useTranslation();
  const { data: providers } = useCommand('providers', []);
  const { commands } = useHost();
  const save = useAct('modelAdd');
  const form = useForm<ModelFields>({
    mode: 'controlled',
    initialValues: fieldsOf(model),
    validate: (values) => ({
      ...Object.fromEntries(
        PRICES.filter((field) => !isPrice(values[field])).map((field) => [field, t('models.form.notAPrice')]),
      ),
      ...Object.fromEntries(
        COUNTS.filter((field) => !isCount(values[field])).map((field) => [field, t('models.form.notANumber')]),
      ),
      ...(values.tiers.some(({ costPerImage, creditsPerImage }) => ![costPerImage, creditsPerImage].every(isPrice))
        ? { tiers: t('models.form.notAPrice') }
        : {}),
      ...(values.tiers.some(({ imageTokens }) => !isCount(imageTokens)) ? { tiers: t('models.form.notANumber') } : {}),
      ...(values.modelType === 'image'
        ? Object.fromEntries(
            Object.entries(abilityProblems(values.ability)).map(([field, problem]) => [
              `ability.${field}`,
              t(`models.ability.problem.${problem}`),
            ]),
          )
        : {}),
      ...(values.modelName.trim() === '' ? { modelName: t('models.form.nameMissing') } : {}),
      ...(values.provider === '' ? { provider: t('models.form.noProvider') } : {}),
    }),
  });
  const { provider, modelName, modelType, tiers, ability } = form.values;
  const imageFields = isInTiers(tiers, ability.qualities) ? IMAGE_FIELDS : [...WHOLE_IMAGE_FIELDS, ...IMAGE_FIELDS];
  const names = (providers ?? []).map(({ name }) => name);
  const fill = async () => {
    if (model !== null || provider === '' || modelName.trim() === '') return;
    const known = await commands
      .modelKnown(provider, modelName.trim())
      .then(unwrap)
      .catch(() => null);
    if (known !== null) form.setValues({ ...fieldsOf(known), provider, modelName });
  };
  const submit = form.onSubmit((values) =>
    save.mutate([draftOf(values, model)], {
      onSuccess: () => {
        const name = model?.displayName ?? values.modelName;
        toast('success', t(model === null ? 'models.form.added' : 'models.form.saved', { model: name }));
        onClose();
      },
      onError: (error) => {
        const fault = faultOf(error);
        if (fault.code !== 'InvalidField') tell(error);
        else if (fault.detail.field === 'picture')
          form.setFieldError(`ability.${fieldOfRule(fault.detail.rule, values.ability)}`, wordsOf(fault).what);
        else if (fault.detail.field in values) form.setFieldError(fault.detail.field, wordsOf(fault).what);
        else tell(error);
      },
    }),
  );
  return (
    <FormModal
      opened
      size="lg"
      title={model === null ? t('models.form.add') : t('models.form.edit', { model: model.displayName })}
      submitLabel={t(model === null ? 'models.form.submitAdd' : 'models.form.submitEdit')}
      busy={save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text c="dimmed">{t('models.form.lead')}</Text>
      {model === null && (
        <>
          <Group grow align="flex-start">
            <Select
              label={t('models.form.provider')}
              data={names}
              allowDeselect={false}
              data-autofocus
              {...form.getInputProps('provider')}
            />
            <TextInput
              label={t('models.form.name')}
              description={t('models.form.nameHint')}
              {...form.getInputProps('modelName')}
              onBlur={() => void fill()}
            />
          </Group>
          <SegmentedControl
            aria-label={t('models.form.kind')}
            data={[
              { value: 'text', label: t('models.kind.text') },
              { value: 'image', label: t('models.kind.image') },
            ]}
            {...form.getInputProps('modelType')}
          />
        </>
      )}
      <SimpleGrid cols={2}>
        {(modelType === 'image' ? imageFields : TEXT_FIELDS).map(([field, label]) => (
          <TextInput key={field} label={t(`models.form.${label}`)} inputMode="decimal" {...form.getInputProps(field)} />
        ))}
        <TextInput type="date" label={t('models.form.retiresOn')} {...form.getInputProps('retiresOn')} />
        <TextInput label={t('models.form.replacedBy')} {...form.getInputProps('replacedBy')} />
      </SimpleGrid>
      {modelType === 'image' && (
        <>
          <AbilityFieldset form={form} />
          <TierFieldset form={form} />
        </>
      )}
    </FormModal>
  );
}
