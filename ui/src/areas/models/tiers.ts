/**
 * What a picture costs in each quality, as a form has it and as the host takes it. A quality without a price has a line
 * to say one in; a line with nothing in it is not sent.
 */
import i18next from 'i18next';
import type { ModelView, TierDraft, TierView } from '../../host';
import { formatCount, formatCredits } from '../../kit/format';

export type TierFields = {
  quality: string;
  /** Most pixels of a picture at this price; null for every size. */
  pixelsMax: number | null;
  costPerImage: string;
  imageTokens: string;
  creditsPerImage: string;
};

export function tierFieldsOf(tiers: readonly TierView[]): TierFields[] {
  return tiers.map(({ quality, pixelsMax, costPerImage, imageTokens, creditsPerImage }) => ({
    quality,
    pixelsMax,
    costPerImage: costPerImage ?? '',
    imageTokens: imageTokens === null ? '' : String(imageTokens),
    creditsPerImage,
  }));
}

/** A line for each price of the model's own qualities, and one for each quality that has none. */
export function tierLines(tiers: readonly TierFields[], qualities: readonly string[]): TierFields[] {
  return qualities.flatMap((quality) => {
    const own = tiers.filter((tier) => tier.quality === quality);
    return own.length > 0
      ? own
      : [{ quality, pixelsMax: null, costPerImage: '', imageTokens: '', creditsPerImage: '' }];
  });
}

/** What the host is told: nothing where nothing was said of a model that had none, so that it takes what it knows. */
export function tiersOf(
  tiers: readonly TierFields[],
  qualities: readonly string[],
  before: ModelView | null,
): TierDraft[] | null {
  const said = tierLines(tiers, qualities).filter((tier) => !isBlank(tier));
  if (said.length === 0 && (before === null || before.tiers.length === 0)) return null;
  return said.map(({ quality, pixelsMax, costPerImage, imageTokens, creditsPerImage }) => ({
    quality,
    pixelsMax,
    costPerImage: textOf(costPerImage),
    imageTokens: imageTokens.trim() === '' ? null : Number(imageTokens),
    creditsPerImage: textOf(creditsPerImage),
  }));
}

/** Whether the price of a picture is that of its quality. */
export function isInTiers(tiers: readonly TierFields[], qualities: readonly string[]): boolean {
  return tierLines(tiers, qualities).some((tier) => !isBlank(tier));
}

export function isBlank({ costPerImage, imageTokens, creditsPerImage }: TierFields): boolean {
  return [costPerImage, imageTokens, creditsPerImage].every((text) => text.trim() === '');
}

export function tierName({ quality, pixelsMax }: Pick<TierFields, 'quality' | 'pixelsMax'>): string {
  return pixelsMax === null ? quality : i18next.t('models.tiers.upTo', { quality, pixels: formatCount(pixelsMax) });
}

/** A line for each quality: what a picture likely costs in it, and which one is asked for. */
export function tierFacts({ tiers }: ModelView): { label: string; value: string }[] {
  const { t } = i18next;
  return tiers.map((tier) => {
    const credits = t('models.perImage', { amount: formatCredits(tier.creditsPerImage) });
    const costs = tier.likelyCost === null ? credits : t('models.tiers.costs', { usd: `$${tier.likelyCost}`, credits });
    return {
      label: t('models.tiers.of', { quality: tierName(tier) }),
      value: tier.isAsked ? t('models.tiers.asked', { costs }) : costs,
    };
  });
}

function textOf(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
