/** Quiet hours: from one time of day to another the system shows no notification of ours. */
import { Button, Skeleton, Switch, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { problemOf } from '../../data/problems';
import type { QuietHoursView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { Section } from './Section';
import classes from './settings.module.css';

export function QuietHours() {
  const { t } = useTranslation();
  const { data: hours, error, refetch } = useCommand('quietHours', []);
  const problem = problemOf(error);
  return (
    <Section title={t('settings.quiet.title')} lead={t('settings.quiet.lead')}>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {problem === null && hours === undefined && <Skeleton height="6rem" />}
      {hours !== undefined && <QuietForm key={`${hours.from}${hours.until}`} hours={hours} />}
    </Section>
  );
}

function QuietForm({ hours }: { hours: QuietHoursView }) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(hours.from);
  const [until, setUntil] = useState(hours.until);
  const [failure, setFailure] = useState<string | null>(null);
  const set = useAct('quietHoursSet');
  const save = (isOn: boolean) => {
    setFailure(null);
    set.mutate([isOn, from, until], { onError: (error) => setFailure(wordsOf(faultOf(error)).what) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(hours.isOn);
  };
  const isChanged = from !== hours.from || until !== hours.until;
  return (
    <form onSubmit={submit} className={classes.section}>
      <Switch
        label={t('settings.quiet.keep')}
        checked={hours.isOn}
        disabled={set.isPending}
        onChange={({ currentTarget }) => save(currentTarget.checked)}
      />
      <div className={classes.times}>
        <TextInput
          type="time"
          label={t('settings.quiet.from')}
          value={from}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <TextInput
          type="time"
          label={t('settings.quiet.until')}
          value={until}
          onChange={({ currentTarget }) => setUntil(currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!isChanged} loading={set.isPending}>
          {t('settings.quiet.save')}
        </Button>
      </div>
      {failure !== null && (
        <Text role="alert" c="danger">
          {failure}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('settings.quiet.zone', { zone: hours.zone })}
      </Text>
    </form>
  );
}
