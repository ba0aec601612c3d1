/** The stages of the pipeline in a row: done, running with a bar of its own, coming, or switched off. */
import { Progress, VisuallyHidden } from '@mantine/core';
import { Check, Circle, CircleDot, CirclePause, CircleSlash } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RunStageView } from '../../host';
import { formatCount } from '../../kit/format';
import { type Stage, type StageState, stagesAt } from './pipeline';
import classes from './pipeline.module.css';

const ICONS = { done: Check, current: CircleDot, coming: Circle } as const satisfies Record<StageState, unknown>;

/** `current` is the stage at hand, `null` before a run, `done` when nothing is left for one. */
type Props = {
  current: string | null;
  /** The stage at hand waits to be gone on with. */
  isPaused?: boolean;
  /** How far each stage of the run is; none where no run is under way. */
  stages?: readonly RunStageView[] | undefined;
};

export function StageChips({ current, isPaused = false, stages = [] }: Props) {
  const { t } = useTranslation();
  return (
    <ol className={classes.chips} aria-label={t('pipeline.stages')}>
      {stagesAt(current).map(({ stage, state }) => (
        <Chip
          key={stage}
          stage={stage}
          state={state}
          isPaused={isPaused && state === 'current'}
          row={stages.find((row) => row.stage === stage)}
        />
      ))}
    </ol>
  );
}

type ChipProps = { stage: Stage; state: StageState; isPaused: boolean; row: RunStageView | undefined };

function Chip({ stage, state, isPaused, row }: ChipProps) {
  const { t } = useTranslation();
  const isOff = row?.isOn === false;
  const word = isOff ? 'off' : isPaused ? 'paused' : state;
  const Icon = isOff ? CircleSlash : isPaused ? CirclePause : ICONS[state];
  const total = row === undefined ? 0 : Math.max(row.taken, row.expected);
  const hasBar = row !== undefined && state === 'current' && !isOff && total > 0;
  const items =
    row === undefined || isOff || total === 0
      ? null
      : t('pipeline.stageItems', { done: formatCount(row.ended), total: formatCount(total) });
  return (
    <li
      className={classes.chip}
      data-state={isOff ? 'off' : state}
      data-paused={isPaused || undefined}
      aria-current={state === 'current' && 'step'}
    >
      <Icon size="0.875rem" aria-hidden />
      {t(`pipeline.stage.${stage}`)}
      <VisuallyHidden>{t(`pipeline.stageState.${word}`)}</VisuallyHidden>
      {items !== null && state !== 'coming' && (
        <span className={classes.items} data-figures>
          {items}
        </span>
      )}
      {hasBar && (
        <Progress
          className={classes.bar ?? ''}
          value={(100 * row.ended) / total}
          size="xs"
          color={isPaused ? 'warning' : 'accent'}
          aria-label={t(`pipeline.stage.${stage}`)}
          transitionDuration={0}
        />
      )}
    </li>
  );
}
