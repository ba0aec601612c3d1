/** When runs begin by themselves. */
import { Checkbox, Group, Select, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AutomationFields } from '../../host';
import classes from './automation.module.css';
import { dayWord, WEEKDAYS } from './scheduleWords';
import { isWhole, type SettingsForm } from './settingsForm';

type Props = { form: SettingsForm; siteZone: string; onChange: (changed: Partial<SettingsForm>) => void };

const FREQUENCIES: readonly AutomationFields['frequency'][] = ['daily', 'weekly', 'monthly'];
const CATCH_UPS: readonly AutomationFields['catchUp'][] = ['skip', 'latest', 'spaced'];

export function ScheduleFields({ form, siteZone, onChange }: Props) {
  const { t } = useTranslation();
  const chosen = <Word extends string>(all: readonly Word[], word: string | null) => all.find((one) => one === word);
  return (
    <section className={classes.card} aria-labelledby="settings-schedule">
      <h2 id="settings-schedule" className={classes.title}>
        {t('automation.settings.schedule')}
      </h2>
      <Switch
        label={t('automation.settings.enabled')}
        description={t('automation.settings.enabledHint')}
        checked={form.isEnabled}
        onChange={(event) => onChange({ isEnabled: event.currentTarget.checked })}
      />
      <div className={classes.fields}>
        <Select
          label={t('automation.settings.frequency')}
          data={FREQUENCIES.map((value) => ({ value, label: t(`automation.settings.frequencies.${value}`) }))}
          value={form.frequency}
          allowDeselect={false}
          onChange={(value) => onChange({ frequency: chosen(FREQUENCIES, value) ?? form.frequency })}
        />
        <TextInput
          label={t('automation.settings.time')}
          type="time"
          value={form.time}
          onChange={(event) => onChange({ time: event.currentTarget.value })}
        />
        {form.frequency === 'monthly' && (
          <TextInput
            label={t('automation.settings.monthDay')}
            description={t('automation.settings.monthDayHint')}
            inputMode="numeric"
            value={form.monthDay}
            error={isWhole(form.monthDay, false) ? null : t('automation.settings.notNumber')}
            onChange={(event) => onChange({ monthDay: event.currentTarget.value })}
          />
        )}
        <TextInput
          label={t('automation.settings.zone')}
          description={t('automation.settings.zoneHint', { zone: siteZone })}
          value={form.zone}
          onChange={(event) => onChange({ zone: event.currentTarget.value })}
        />
        <Select
          label={t('automation.settings.catchUp')}
          data={CATCH_UPS.map((value) => ({ value, label: t(`automation.settings.catchUps.${value}`) }))}
          value={form.catchUp}
          allowDeselect={false}
          onChange={(value) => onChange({ catchUp: chosen(CATCH_UPS, value) ?? form.catchUp })}
        />
      </div>
      {form.frequency === 'weekly' && (
        <Checkbox.Group
          label={t('automation.settings.weekdays')}
          value={form.weekdays.map(String)}
          onChange={(days) => onChange({ weekdays: days.map(Number).sort() })}
        >
          <Group gap="md" mt="xs">
            {WEEKDAYS.map((day) => (
              <Checkbox key={day} value={String(day)} label={dayWord(day)} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
    </section>
  );
}
