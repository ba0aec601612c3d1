/** A model as a form has it, and as the host takes it: texts where a form has fields, nothing where nothing was said. */
import type { ModelDraft, ModelView } from '../../host';
import { type AbilityFields, abilityFieldsOf, NO_ABILITIES, pictureOf } from './abilities';
import { type TierFields, tierFieldsOf, tiersOf } from './tiers';

export type ModelFields = {
  provider: string;
  modelName: string;
  modelType: string;
  costPer1kInput: string;
  costPer1kOutput: string;
  costPer1kCachedInput: string;
  costPer1kCacheWrite: string;
  costPer1kImageOutput: string;
  costPerImage: string;
  tokensPerCredit: string;
  minCredits: string;
  creditsPerImage: string;
  contextTokens: string;
  maxOutputTokens: string;
  retiresOn: string;
  replacedBy: string;
  /** What an image model can be asked for. */
  ability: AbilityFields;
  /** What a picture costs in each quality. */
  tiers: TierFields[];
};

export const PRICES = [
  'costPer1kInput',
  'costPer1kOutput',
  'costPer1kCachedInput',
  'costPer1kCacheWrite',
  'costPer1kImageOutput',
  'costPerImage',
] as const satisfies readonly (keyof ModelFields)[];
export const COUNTS = [
  'tokensPerCredit',
  'contextTokens',
  'maxOutputTokens',
] as const satisfies readonly (keyof ModelFields)[];

const EMPTY: ModelFields = {
  provider: '',
  modelName: '',
  modelType: 'text',
  costPer1kInput: '',
  costPer1kOutput: '',
  costPer1kCachedInput: '',
  costPer1kCacheWrite: '',
  costPer1kImageOutput: '',
  costPerImage: '',
  tokensPerCredit: '',
  minCredits: '',
  creditsPerImage: '',
  contextTokens: '',
  maxOutputTokens: '',
  retiresOn: '',
  replacedBy: '',
  ability: NO_ABILITIES,
  tiers: [],
};

/** The fields of a model that is there, or of a new one of a provider. */
export function fieldsOf(model: ModelView | null, provider = ''): ModelFields {
  if (model === null) return { ...EMPTY, provider };
  const isText = model.modelType === 'text';
  const count = (value: number | null) => (value === null || value === 0 ? '' : String(value));
  return {
    provider: model.provider,
    modelName: model.modelName,
    modelType: model.modelType,
    costPer1kInput: model.costPer1kInput ?? '',
    costPer1kOutput: model.costPer1kOutput ?? '',
    costPer1kCachedInput: model.costPer1kCachedInput ?? '',
    costPer1kCacheWrite: model.costPer1kCacheWrite ?? '',
    costPer1kImageOutput: model.costPer1kImageOutput ?? '',
    costPerImage: model.costPerImage ?? '',
    tokensPerCredit: count(model.tokensPerCredit),
    minCredits: isText ? model.minCredits : '',
    creditsPerImage: model.creditsPerImage ?? '',
    contextTokens: count(model.contextTokens),
    maxOutputTokens: count(model.maxOutputTokens),
    retiresOn: model.retiresOn ?? '',
    replacedBy: model.replacedBy ?? '',
    ability: abilityFieldsOf(model.picture),
    tiers: tierFieldsOf(model.tiers),
  };
}

/** What the host is told. What belongs to the other kind of model is left out. */
export function draftOf(fields: ModelFields, before: ModelView | null): ModelDraft {
  const isText = fields.modelType === 'text';
  const said = (text: string) => (text.trim() === '' ? null : text.trim());
  const ofText = (text: string) => (isText ? said(text) : null);
  const ofImage = (text: string) => (isText ? null : said(text));
  const count = (text: string) => (ofText(text) === null ? null : Number(text));
  return {
    provider: fields.provider,
    modelName: fields.modelName.trim(),
    modelType: fields.modelType,
    displayName: before?.displayName ?? null,
    costPer1kInput: said(fields.costPer1kInput),
    costPer1kOutput: said(fields.costPer1kOutput),
    costPer1kCachedInput: said(fields.costPer1kCachedInput),
    costPer1kCacheWrite: ofText(fields.costPer1kCacheWrite),
    costPer1kReasoning: before?.costPer1kReasoning ?? null,
    costPer1kImageInput: before?.costPer1kImageInput ?? null,
    costPer1kImageOutput: ofImage(fields.costPer1kImageOutput),
    costPerImage: ofImage(fields.costPerImage),
    tokensPerCredit: count(fields.tokensPerCredit),
    minCredits: ofText(fields.minCredits),
    creditsPerImage: ofImage(fields.creditsPerImage),
    contextTokens: count(fields.contextTokens),
    maxOutputTokens: count(fields.maxOutputTokens),
    // An empty text says that no end is known; only nothing at all would be filled in again.
    retiresOn: fields.retiresOn.trim(),
    replacedBy: fields.replacedBy.trim(),
    picture: isText ? null : pictureOf(fields.ability, before !== null),
    tiers: isText ? null : tiersOf(fields.tiers, fields.ability.qualities, before),
    // As it is, or as is usual of its name.
    thinking: null,
    isDefault: false,
  };
}

/** A price as the host reads it: a plain decimal, never negative. */
export function isPrice(text: string): boolean {
  return text.trim() === '' || /^\d+(\.\d{1,9})?$/.test(text.trim());
}

/** A count above nothing, or nothing said. */
export function isCount(text: string): boolean {
  return text.trim() === '' || /^[1-9]\d{0,8}$/.test(text.trim());
}
