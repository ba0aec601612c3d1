/** The stages of a run: which it has, how many items at once and in all, and what part of the credits. */
import { Checkbox, Table, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './automation.module.css';
import { stageWord } from './runWords';
import { isWhole, type StageForm } from './settingsForm';

type Props = { stages: readonly StageForm[]; onChange: (stages: StageForm[]) => void };
type Field = 'batch' | 'most' | 'share';

/** Stages that cost nothing have no share, and take what waits at once. */
const FREE: ReadonlySet<string> = new Set(['queue_ideas', 'review']);

export function StageFields({ stages, onChange }: Props) {
  const { t } = useTranslation();
  const change = (name: string, changed: Partial<StageForm>) =>
    onChange(stages.map((row) => (row.stage === name ? { ...row, ...changed } : row)));
  const number = (row: StageForm, field: Field) => (
    <TextInput
      className={classes.number ?? ''}
      aria-label={t('automation.settings.ofStage', {
        what: t(`automation.settings.${field}`),
        stage: stageWord(row.stage),
      })}
      inputMode="numeric"
      placeholder={field === 'share' ? '' : t('automation.settings.all')}
      value={row[field]}
      error={!isWhole(row[field], field !== 'share')}
      onChange={(event) => change(row.stage, { [field]: event.currentTarget.value })}
    />
  );
  return (
    <section className={classes.card} aria-labelledby="settings-stages">
      <h2 id="settings-stages" className={classes.title}>
        {t('automation.settings.stages')}
      </h2>
      <div className={classes.scroll}>
        <Table aria-labelledby="settings-stages" withRowBorders={false}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('automation.settings.stage')}</Table.Th>
              <Table.Th>{t('automation.settings.on')}</Table.Th>
              <Table.Th>{t('automation.settings.batch')}</Table.Th>
              <Table.Th>{t('automation.settings.most')}</Table.Th>
              <Table.Th>{t('automation.settings.share')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {stages.map((row) => (
              <Table.Tr key={row.stage}>
                <Table.Th scope="row">{stageWord(row.stage)}</Table.Th>
                <Table.Td>
                  <Checkbox
                    aria-label={t('automation.settings.ofStage', {
                      what: t('automation.settings.on'),
                      stage: stageWord(row.stage),
                    })}
                    checked={row.isOn}
                    onChange={(event) => change(row.stage, { isOn: event.currentTarget.checked })}
                  />
                </Table.Td>
                <Table.Td>{!FREE.has(row.stage) && number(row, 'batch')}</Table.Td>
                <Table.Td>{number(row, 'most')}</Table.Td>
                <Table.Td>{!FREE.has(row.stage) && number(row, 'share')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}
