/** How much a run may spend, how fast it goes, and whether it goes on by itself. */
import { Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './automation.module.css';
import { isWhole, type SettingsForm } from './settingsForm';

type Props = { form: SettingsForm; onChange: (changed: Partial<SettingsForm>) => void };

export function SpendingFields({ form, onChange }: Props) {
  const { t } = useTranslation();
  const wrong = t('automation.settings.notNumber');
  const isAmount = form.creditsMax.trim() === '' || Number(form.creditsMax) > 0;
  return (
    <section className={classes.card} aria-labelledby="settings-spending">
      <h2 id="settings-spending" className={classes.title}>
        {t('automation.settings.spending')}
      </h2>
      <div className={classes.fields}>
        <TextInput
          label={t('automation.settings.creditsMax')}
          description={t('automation.settings.creditsMaxHint')}
          inputMode="decimal"
          value={form.creditsMax}
          error={isAmount ? null : wrong}
          onChange={(event) => onChange({ creditsMax: event.currentTarget.value })}
        />
        <div />
        <TextInput
          label={t('automation.settings.within')}
          inputMode="numeric"
          value={form.withinDelayS}
          error={isWhole(form.withinDelayS, false) ? null : wrong}
          onChange={(event) => onChange({ withinDelayS: event.currentTarget.value })}
        />
        <TextInput
          label={t('automation.settings.between')}
          inputMode="numeric"
          value={form.betweenDelayS}
          error={isWhole(form.betweenDelayS, false) ? null : wrong}
          onChange={(event) => onChange({ betweenDelayS: event.currentTarget.value })}
        />
      </div>
      <Switch
        label={t('automation.settings.goesOn')}
        description={t('automation.settings.goesOnHint')}
        checked={form.goesOnByItself}
        onChange={(event) => onChange({ goesOnByItself: event.currentTarget.checked })}
      />
    </section>
  );
}
