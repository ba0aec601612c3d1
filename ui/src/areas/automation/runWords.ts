/** How runs stand, and what happened in them, in words. */
import i18next from 'i18next';
import { codeWords } from '../../data/codes';
import type { RunEventRow, RunRow } from '../../host';
import type { Tone } from '../../kit/tone';
import type { automation } from '../../messages/en/automation';
import type { Stage } from '../../parts/pipeline/pipeline';

const TONES: Record<RunRow['state'], Tone> = {
  running: 'info',
  paused: 'warning',
  interrupted: 'warning',
  completed: 'success',
  cancelling: 'warning',
  cancelled: 'neutral',
  stopped: 'danger',
};

export function stateOf({ state }: RunRow): { tone: Tone; label: string; paused: boolean; busy: boolean } {
  const paused = state === 'paused' || state === 'interrupted';
  const busy = state === 'running' || state === 'cancelling';
  return { tone: TONES[state], label: i18next.t(`automation.state.${state}`), paused, busy };
}

export function triggerWord(trigger: string): string {
  return i18next.t(`automation.trigger.${trigger as keyof typeof automation.trigger}`);
}

export function stageWord(stage: string): string {
  return i18next.t(`pipeline.stage.${stage as Stage}`);
}

export function eventWords({ kind, stage }: RunEventRow): string {
  const name = stage === '' ? '' : stageWord(stage);
  return i18next.t(`automation.event.${kind as keyof typeof automation.event}`, { stage: name });
}

/** Why a line is there; what began a run is no code. */
export function reasonOf({ kind, code }: RunEventRow): string {
  if (code === '') return '';
  return kind === 'began' ? triggerWord(code) : codeWords(code).what;
}
