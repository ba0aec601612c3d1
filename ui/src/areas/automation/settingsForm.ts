/** What is chosen for runs, as a form has it: numbers are texts until they are saved, and an empty one means "all". */
import type { AutomationFields } from '../../host';

export type StageForm = { stage: string; isOn: boolean; batch: string; most: string; share: string };
export type SettingsForm = Omit<
  AutomationFields,
  'stages' | 'monthDay' | 'withinDelayS' | 'betweenDelayS' | 'creditsMax'
> & { stages: StageForm[]; monthDay: string; withinDelayS: string; betweenDelayS: string; creditsMax: string };

export function formOf(fields: AutomationFields): SettingsForm {
  const text = (value: number | null) => (value === null ? '' : String(value));
  return {
    ...fields,
    monthDay: text(fields.monthDay),
    withinDelayS: text(fields.withinDelayS),
    betweenDelayS: text(fields.betweenDelayS),
    creditsMax: fields.creditsMax ?? '',
    stages: fields.stages.map(({ stage, isOn, batch, most, share }) => ({
      stage,
      isOn,
      batch: text(batch),
      most: text(most),
      share: text(share),
    })),
  };
}

/** Whether a text is a whole number, or nothing where nothing is allowed. */
export function isWhole(text: string, mayBeEmpty: boolean): boolean {
  return text.trim() === '' ? mayBeEmpty : /^\d{1,6}$/.test(text.trim());
}

/** The shares of the stages that cost something, in percent. */
export function shareSum({ stages }: SettingsForm): number {
  return stages.reduce((sum, { share }) => sum + (Number(share) || 0), 0);
}

/** What would be saved; nothing while a number is none or the shares are not 100 together. What else cannot be, the host says. */
export function fieldsOf(form: SettingsForm): AutomationFields | null {
  const { monthDay, withinDelayS, betweenDelayS, creditsMax, stages } = form;
  const isSound =
    [monthDay, withinDelayS, betweenDelayS].every((text) => isWhole(text, false)) &&
    stages.every(({ batch, most, share }) => isWhole(batch, true) && isWhole(most, true) && isWhole(share, false)) &&
    (creditsMax.trim() === '' || Number(creditsMax) > 0) &&
    shareSum(form) === 100;
  if (!isSound) return null;
  const count = (text: string) => (text.trim() === '' ? null : Number(text));
  return {
    ...form,
    monthDay: Number(monthDay),
    withinDelayS: Number(withinDelayS),
    betweenDelayS: Number(betweenDelayS),
    creditsMax: creditsMax.trim() === '' ? null : creditsMax.trim(),
    stages: stages.map(({ stage, isOn, batch, most, share }) => ({
      stage,
      isOn,
      batch: count(batch),
      most: count(most),
      share: Number(share),
    })),
  };
}
