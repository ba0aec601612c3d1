/** What a site has chosen for its runs, as one form. */
import { Alert, Button, Group } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { problemOf, tell } from '../../data/problems';
import { useUndoable } from '../../data/undo';
import type { AutomationView, SiteView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { TextSkeleton } from '../../kit/Skeletons';
import { toast } from '../../kit/toasts';
import classes from './automation.module.css';
import { ScheduleFields } from './ScheduleFields';
import { SpendingFields } from './SpendingFields';
import { StageFields } from './StageFields';
import { fieldsOf, formOf, shareSum } from './settingsForm';

export function Settings({ site }: { site: SiteView }) {
  const { data, error, refetch } = useCommand('automation', [site.id]);
  const problem = problemOf(error);
  if (problem !== null) return <ErrorState problem={problem} onRetry={() => void refetch()} />;
  if (data === undefined) return <TextSkeleton lines={12} />;
  // What was saved, here or elsewhere, is what the form begins with.
  return <Form key={JSON.stringify(data.fields)} site={site} view={data} />;
}

function Form({ site, view }: { site: SiteView; view: AutomationView }) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => formOf(view.fields));
  const save = useAct('automationSave');
  const reset = useUndoable(
    'automationReset',
    'automationSave',
    () => [site.id, view.fields],
    () => t('automation.settings.resetDone', { site: site.name }),
  );
  const fields = fieldsOf(form);
  const sum = shareSum(form);
  const change = (changed: Partial<typeof form>) => setForm((before) => ({ ...before, ...changed }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fields === null) return;
    save.mutate([site.id, fields], {
      onSuccess: () => toast('success', t('automation.settings.saved', { site: site.name })),
      onError: tell,
    });
  };
  return (
    <form className={classes.settings} onSubmit={submit} noValidate>
      <ScheduleFields form={form} siteZone={view.siteZone} onChange={change} />
      <SpendingFields form={form} onChange={change} />
      <StageFields stages={form.stages} onChange={(stages) => change({ stages })} />
      {sum !== 100 && (
        <Alert color="warning" variant="light">
          {t('automation.settings.shareSum', { sum })}
        </Alert>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" disabled={view.isDefault} onClick={() => void reset([site.id])}>
          {t('automation.settings.reset')}
        </Button>
        <Button type="submit" loading={save.isPending} disabled={fields === null}>
          {t('automation.settings.save')}
        </Button>
      </Group>
    </form>
  );
}
