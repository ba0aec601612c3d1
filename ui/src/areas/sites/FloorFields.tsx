/** What an article must have to be approved without a person. */
import { Checkbox, Fieldset, NumberInput, SimpleGrid, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type NumberField, RANGES, type ScheduleValues } from './scheduleForm';

export type ScheduleFormState = UseFormReturnType<ScheduleValues>;

const CHECKS = ['needsPictures', 'needsMeta', 'refusesSameTopic'] as const;

export function FloorFields({ form }: { form: ScheduleFormState }) {
  const { t } = useTranslation();
  return (
    <Fieldset legend={t('publishing.floor')}>
      <Stack gap="sm">
        <SimpleGrid cols={2}>
          <CountField form={form} field="wordsPercent" description={t('publishing.wordsPercentHint')} />
          <CountField form={form} field="headingsMin" description={t('publishing.wordsPercentHint')} />
        </SimpleGrid>
        {CHECKS.map((field) => (
          <Checkbox key={field} label={t(`publishing.${field}`)} {...form.getInputProps(field, { type: 'checkbox' })} />
        ))}
        <Checkbox
          label={t('publishing.takesOutlines')}
          description={t('publishing.takesOutlinesHint')}
          {...form.getInputProps('takesOutlines', { type: 'checkbox' })}
        />
      </Stack>
    </Fieldset>
  );
}

type NumberProps = { form: ScheduleFormState; field: NumberField; description?: string };

export function CountField({ form, field, description }: NumberProps) {
  const { t } = useTranslation();
  const [least, most] = RANGES[field];
  return (
    <NumberInput
      label={t(`publishing.${field}`)}
      description={description}
      min={least}
      max={most}
      allowDecimal={false}
      clampBehavior="none"
      {...form.getInputProps(field)}
    />
  );
}
