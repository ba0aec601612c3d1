/** The text of both sides, run by run: what is the same is folded away, and of each difference one or both are kept. */
import { Button, Radio, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictRun, ConflictView, KeptSide } from '../../host';
import classes from './conflict.module.css';
import type { Choices } from './conflictChoices';
import { Prose } from './Prose';

type Props = { view: ConflictView; choices: Choices; onChange: (choices: Choices) => void };

export function RunChoices({ view, choices, onChange }: Props) {
  const { t } = useTranslation();
  const differing = view.runs.flatMap(({ by }, at) => (by === 'nobody' ? [] : [at]));
  if (differing.length === 0) return null;
  const choose = (at: number, side: KeptSide) =>
    onChange({ ...choices, runs: choices.runs.map((kept, other) => (other === at ? side : kept)) });
  return (
    <section className={classes.section}>
      <Title order={3}>{t('conflict.text')}</Title>
      {view.runs.map((run, at) =>
        run.by === 'nobody' ? (
          <Same key={`run-${at.toString()}`} html={run.ours} />
        ) : (
          <Difference
            key={`run-${at.toString()}`}
            run={run}
            number={differing.indexOf(at) + 1}
            total={differing.length}
            side={choices.runs[at] ?? null}
            onChoose={(side) => choose(at, side)}
          />
        ),
      )}
    </section>
  );
}

function Same({ html }: { html: string }) {
  const { t } = useTranslation();
  const [isOpen, { toggle }] = useDisclosure(false);
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<Icon size="1rem" aria-hidden />}
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {t('conflict.same', { count: html.split('\n').length })}
      </Button>
      {isOpen && <Prose html={html} base={null} />}
    </div>
  );
}

type DifferenceProps = {
  run: ConflictRun;
  number: number;
  total: number;
  side: KeptSide | null;
  onChoose: (side: KeptSide) => void;
};

function Difference({ run, number, total, side, onChoose }: DifferenceProps) {
  const { t } = useTranslation();
  const labelId = useId();
  return (
    <fieldset className={classes.run} data-by={run.by}>
      <legend className={classes.legend} id={labelId}>
        {t('conflict.runLegend', { number, total })} · {t(`conflict.by.${run.by}`)}
      </legend>
      <Radio.Group value={side} onChange={(value) => onChoose(value as KeptSide)} aria-labelledby={labelId}>
        <div className={classes.choices}>
          <Radio value="ours" label={t('conflict.mine')} />
          <Radio value="theirs" label={t('conflict.theirs')} />
          {run.ours !== '' && run.theirs !== '' && <Radio value="both" label={t('conflict.both')} />}
        </div>
      </Radio.Group>
      <div className={classes.sides}>
        <Wording label={t('conflict.mine')} html={run.ours} isKept={side === 'ours' || side === 'both'} />
        <Wording label={t('conflict.theirs')} html={run.theirs} isKept={side === 'theirs' || side === 'both'} />
      </div>
    </fieldset>
  );
}

function Wording({ label, html, isKept }: { label: string; html: string; isKept: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.side} data-kept={isKept || undefined}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      {html === '' ? <Text c="dimmed">{t('conflict.nothingHere')}</Text> : <Prose html={html} base={null} />}
    </div>
  );
}
