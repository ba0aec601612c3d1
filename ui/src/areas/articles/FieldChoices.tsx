/** Fields that are not the same on both sides, each with the choice of one. What is only told has none. */
import { Radio, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { wordOf } from '../../data/status';
import type { ConflictField, ConflictView, KeptSide } from '../../host';
import classes from './conflict.module.css';
import type { Choices } from './conflictChoices';

type Props = { view: ConflictView; choices: Choices; onChange: (choices: Choices) => void };

export function FieldChoices({ view, choices, onChange }: Props) {
  const { t } = useTranslation();
  if (view.fields.length === 0) return null;
  const choose = (field: string, side: KeptSide) =>
    onChange({ ...choices, fields: { ...choices.fields, [field]: side } });
  return (
    <section className={classes.section}>
      <Title order={3}>{t('conflict.fields')}</Title>
      {view.fields.map((field) => (
        <FieldChoice
          key={field.field}
          field={field}
          side={choices.fields[field.field] ?? null}
          onChoose={(side) => choose(field.field, side)}
        />
      ))}
    </section>
  );
}

type ChoiceProps = { field: ConflictField; side: KeptSide | null; onChoose: (side: KeptSide) => void };

function FieldChoice({ field, side, onChoose }: ChoiceProps) {
  const { t } = useTranslation();
  const labelId = useId();
  const name = wordOf('receiptField', field.field);
  return (
    <fieldset className={classes.run} data-by={field.by}>
      <legend className={classes.legend} id={labelId}>
        {name} · {t(`conflict.by.${field.by}`)}
      </legend>
      {field.isChoice && (
        <Radio.Group value={side} onChange={(value) => onChoose(value as KeptSide)} aria-labelledby={labelId}>
          <div className={classes.choices}>
            <Radio value="ours" label={t('conflict.mine')} />
            <Radio value="theirs" label={t('conflict.theirs')} />
          </div>
        </Radio.Group>
      )}
      <div className={classes.sides}>
        <Value label={t('conflict.mine')} value={field.ours} isKept={side === 'ours'} />
        <Value label={t('conflict.theirs')} value={field.theirs} isKept={side === 'theirs'} />
      </div>
    </fieldset>
  );
}

function Value({ label, value, isKept }: { label: string; value: string; isKept: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.side} data-kept={isKept || undefined}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      {value === '' ? <Text c="dimmed">{t('conflict.nothingHere')}</Text> : <Text>{value}</Text>}
    </div>
  );
}
