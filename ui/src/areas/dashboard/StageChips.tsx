/** The stages of the pipeline in a row: done, running, coming. */
import { VisuallyHidden } from '@mantine/core';
import { Check, Circle, CircleDot, CirclePause } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './dashboard.module.css';
import { type StageState, stagesAt } from './pipeline';

const ICONS = { done: Check, current: CircleDot, coming: Circle } as const satisfies Record<StageState, unknown>;

/** `current` is the stage at hand, `null` before a run, `done` when nothing is left for one. */
type Props = {
  current: string | null;
  /** The stage at hand waits to be gone on with. */
  isPaused?: boolean;
};

export function StageChips({ current, isPaused = false }: Props) {
  const { t } = useTranslation();
  return (
    <ol className={classes.chips} aria-label={t('dashboard.pipeline.stages')}>
      {stagesAt(current).map(({ stage, state }) => {
        const isWaiting = isPaused && state === 'current';
        const Icon = isWaiting ? CirclePause : ICONS[state];
        return (
          <li
            key={stage}
            className={classes.chip}
            data-state={state}
            data-paused={isWaiting || undefined}
            aria-current={state === 'current' && 'step'}
          >
            <Icon size="0.875rem" aria-hidden />
            {t(`dashboard.pipeline.stage.${stage}`)}
            <VisuallyHidden>{t(`dashboard.pipeline.stageState.${isWaiting ? 'paused' : state}`)}</VisuallyHidden>
          </li>
        );
      })}
    </ol>
  );
}
