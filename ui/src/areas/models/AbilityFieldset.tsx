/** What an image model can be asked for: its sizes, quality, steps, seeds, and the rest as JSON. */
import {
  Checkbox,
  Fieldset,
  JsonInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { SIZES_KINDS } from './abilities';
import type { ModelFields } from './modelDraft';

const SIDES = ['sideMin', 'sideMax', 'sideStep', 'ratioMax', 'pixelsMax', 'pixelsMin'] as const;
const STEPS = ['stepsAsked', 'stepsMin', 'stepsMax'] as const;

export function AbilityFieldset({ form }: { form: UseFormReturnType<ModelFields> }) {
  const { t } = useTranslation();
  const { sizesKind, qualities } = form.values.ability;
  const count = (field: (typeof SIDES)[number] | (typeof STEPS)[number] | 'seedMax') => (
    <TextInput
      key={field}
      label={t(`models.ability.${field}`)}
      inputMode="numeric"
      {...form.getInputProps(`ability.${field}`)}
    />
  );
  return (
    <Fieldset legend={t('models.ability.title')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('models.ability.lead')}
        </Text>
        <SegmentedControl
          aria-label={t('models.ability.sizes')}
          data={SIZES_KINDS.map((value) => ({ value, label: t(`models.ability.sizesKind.${value}`) }))}
          {...form.getInputProps('ability.sizesKind')}
        />
        {sizesKind === 'listed' && (
          <Textarea
            label={t('models.ability.sizesListed')}
            description={t('models.ability.sizesListedHint')}
            autosize
            minRows={3}
            maxRows={8}
            {...form.getInputProps('ability.sizesListed')}
          />
        )}
        {sizesKind === 'stepped' && <SimpleGrid cols={3}>{SIDES.map(count)}</SimpleGrid>}
        <SimpleGrid cols={2}>
          <TagsInput
            label={t('models.ability.qualities')}
            description={t('models.ability.qualitiesHint')}
            {...form.getInputProps('ability.qualities')}
          />
          <Select
            label={t('models.ability.quality')}
            description={t('models.ability.qualityHint')}
            clearable
            data={qualities}
            {...form.getInputProps('ability.quality')}
            value={form.values.ability.quality === '' ? null : form.values.ability.quality}
            onChange={(value) => form.setFieldValue('ability.quality', value ?? '')}
          />
        </SimpleGrid>
        <SimpleGrid cols={3}>{STEPS.map(count)}</SimpleGrid>
        <SimpleGrid cols={2}>
          {count('seedMax')}
          <Checkbox
            label={t('models.ability.hasNegative')}
            description={t('models.ability.hasNegativeHint')}
            {...form.getInputProps('ability.hasNegative', { type: 'checkbox' })}
          />
        </SimpleGrid>
        <JsonInput
          label={t('models.ability.rest')}
          description={t('models.ability.restHint')}
          formatOnBlur
          autosize
          minRows={2}
          maxRows={10}
          {...form.getInputProps('ability.rest')}
        />
      </Stack>
    </Fieldset>
  );
}
