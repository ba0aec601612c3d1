/** When articles go out, and how many at most. */
import { Chip, Fieldset, Group, Input, Select, SimpleGrid, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RhythmView } from '../../host';
import { CountField, type ScheduleFormState } from './FloorFields';
import { isTime, RHYTHMS } from './scheduleForm';

const LIMITS = ['perDay', 'perWeek', 'perMonth', 'queueLimit'] as const;
const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;

export function RhythmFields({ form }: { form: ScheduleFormState }) {
  const { t } = useTranslation();
  const { rhythm } = form.getValues();
  return (
    <>
      <Select
        label={t('publishing.rhythm')}
        description={t(`publishing.rhythmHints.${rhythm}`)}
        data={RHYTHMS.map((value) => ({ value, label: t(`publishing.rhythms.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps('rhythm')}
      />
      <OfRhythm form={form} rhythm={rhythm} />
      <Fieldset legend={t('publishing.limits')}>
        <SimpleGrid cols={2}>
          {LIMITS.map((field) => (
            <CountField key={field} form={form} field={field} />
          ))}
        </SimpleGrid>
        <Text size="xs" c="dimmed" mt="xs">
          {t('publishing.limitsHint')}
        </Text>
      </Fieldset>
    </>
  );
}

function OfRhythm({ form, rhythm }: { form: ScheduleFormState; rhythm: RhythmView }) {
  const { t } = useTranslation();
  switch (rhythm) {
    case 'time_slots':
      return (
        <Stack gap="sm">
          <DaysField form={form} />
          <TagsInput
            label={t('publishing.times')}
            description={t('publishing.timesHint')}
            splitChars={[',', ' ']}
            isDuplicate={(time, times) => times.includes(time) || !isTime(time)}
            {...form.getInputProps('times')}
          />
        </Stack>
      );
    case 'interval':
      return (
        <SimpleGrid cols={3}>
          <CountField form={form} field="everyDays" description={t('publishing.everyDaysHint')} />
          <TextInput type="date" label={t('publishing.anchor')} {...form.getInputProps('anchor')} />
          <TimeField form={form} field="time" />
        </SimpleGrid>
      );
    case 'stagger':
      return (
        <Stack gap="sm">
          <DaysField form={form} />
          <SimpleGrid cols={3}>
            <TimeField form={form} field="from" />
            <TimeField form={form} field="until" />
            <CountField form={form} field="everyMinutes" />
          </SimpleGrid>
        </Stack>
      );
    case 'immediate':
      return null;
  }
}

function TimeField({ form, field }: { form: ScheduleFormState; field: 'time' | 'from' | 'until' }) {
  const { t } = useTranslation();
  return <TextInput type="time" label={t(`publishing.${field}`)} {...form.getInputProps(field)} />;
}

function DaysField({ form }: { form: ScheduleFormState }) {
  const { t } = useTranslation();
  const { days } = form.getValues();
  const names = t('publishing.dayNames', { returnObjects: true });
  return (
    <Input.Wrapper label={t('publishing.days')} error={form.errors.days} labelElement="div">
      <Chip.Group
        multiple
        value={days.map(String)}
        onChange={(chosen) => form.setFieldValue('days', chosen.map(Number))}
      >
        <Group gap="xs" mt="xs" role="group" aria-label={t('publishing.days')}>
          {DAYS.map((day) => (
            <Chip key={day} value={String(day)} size="xs">
              {names[day]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}
