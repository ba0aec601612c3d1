/** The stages of the pipeline in a row: done, running, coming. */
import { VisuallyHidden } from '@mantine/core';
import { Check, Circle, CircleDot } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './dashboard.module.css';
import { type StageState, stagesAt } from './pipeline';

const ICONS = { done: Check, current: CircleDot, coming: Circle } as const satisfies Record<StageState, unknown>;

/** `current` is the stage at hand, `null` before a run, `done` when nothing is left for one. */
export function StageChips({ current }: { current: string | null }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.chips} aria-label={t('dashboard.pipeline.stages')}>
      {stagesAt(current).map(({ stage, state }) => {
        const Icon = ICONS[state];
        return (
          <li key={stage} className={classes.chip} data-state={state} aria-current={state === 'current' && 'step'}>
            <Icon size="0.875rem" aria-hidden />
            {t(`dashboard.pipeline.stage.${stage}`)}
            <VisuallyHidden>{t(`dashboard.pipeline.stageState.${state}`)}</VisuallyHidden>
          </li>
        );
      })}
    </ol>
  );
}
