/** Which models may be chosen for a kind of work, and what they are called in a choice. */
import i18next from 'i18next';
import type { ModelView } from '../../host';

export type Choice = { value: string; label: string; disabled: boolean };

/** Models of a kind that can be asked; the one that is chosen stays in the list also when it cannot be asked any more. */
export function choicesOf(models: readonly ModelView[], kind: string, chosen: ModelView | null): Choice[] {
  const offered = models.filter((model) => model.modelType === kind && model.isActive && model.state === 'ready');
  const choices = offered.map((model) => ({ value: model.id, label: nameOf(model), disabled: false }));
  if (chosen === null || offered.some(({ id }) => id === chosen.id)) return choices;
  const { t } = i18next;
  const label = t('models.roles.unusable', { model: nameOf(chosen), state: t(`models.state.${chosen.state}`) });
  return [{ value: chosen.id, label, disabled: true }, ...choices];
}

/** A model with its provider, unless it is built in. */
export function nameOf({ provider, displayName }: Pick<ModelView, 'provider' | 'displayName'>): string {
  return provider === 'builtin' ? displayName : `${displayName} · ${provider}`;
}
