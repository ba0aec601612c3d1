/** What happens by itself to the articles of a site: approval, times, and which times the next thirty days have. */
import { Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { problemOf, tell } from '../../data/problems';
import type { PublishingSettingsView, SiteView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { CardsSkeleton } from '../../kit/Skeletons';
import { toast } from '../../kit/toasts';
import { FloorFields } from './FloorFields';
import { RhythmFields } from './RhythmFields';
import { SchedulePreview } from './SchedulePreview';
import { errorsOf, type ScheduleValues, settingsOf } from './scheduleForm';

export function SchedulePanel({ site }: { site: SiteView }) {
  const { data, error, refetch } = useCommand('publishingSettings', [site.id]);
  const problem = problemOf(error);
  if (problem !== null) return <ErrorState problem={problem} onRetry={() => void refetch()} />;
  if (data === undefined) return <CardsSkeleton cards={3} />;
  return <ScheduleForm key={site.id} site={site} settings={data} />;
}

function ScheduleForm({ site, settings }: { site: SiteView; settings: PublishingSettingsView }) {
  const { t } = useTranslation();
  const save = useAct('publishingSettingsSave');
  const form = useForm<ScheduleValues>({ mode: 'controlled', initialValues: settings, validate: errorsOf });
  const values = form.getValues();
  const isRight = Object.keys(errorsOf(values)).length === 0;
  const submit = (typed: ScheduleValues) =>
    save.mutate([site.id, settingsOf(typed)], {
      onSuccess: () => {
        form.resetDirty();
        toast('success', t('publishing.saved', { name: site.name }));
      },
      onError: tell,
    });
  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Stack gap="lg">
        <Title order={3}>{t('publishing.title')}</Title>
        <Switch
          label={t('publishing.autoApprove')}
          description={t('publishing.autoApproveHint')}
          {...form.getInputProps('autoApprove', { type: 'checkbox' })}
        />
        {values.autoApprove && <FloorFields form={form} />}
        <Switch
          label={t('publishing.autoSchedule')}
          description={t('publishing.autoScheduleHint')}
          {...form.getInputProps('autoSchedule', { type: 'checkbox' })}
        />
        <RhythmFields form={form} />
        <Text size="xs" c="dimmed">
          {t('publishing.zone', { zone: site.zone })}
        </Text>
        <SchedulePreview siteId={site.id} settings={isRight ? settingsOf(values) : null} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('publishing.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
