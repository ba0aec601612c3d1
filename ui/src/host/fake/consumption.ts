/** What one paid unit consumes in the host in memory: model, tokens, credits, and what its provider bills. */
import type { AiFunctionView } from '../contract';
import type { FakeUsage, TokenCounts } from './data';
import { CREDITS_PER_UNIT, OPERATION_TYPES } from './models';

export type Consumption = Pick<
  FakeUsage,
  'operationType' | 'model' | 'provider' | 'images' | 'credits' | 'cost' | 'isLost' | 'tokens' | 'isEstimated'
>;

/** Who does the work: the engine in the app, or a provider that bills. */
export type Supplier = 'builtin' | 'openai';

const MODELS: Record<Supplier, { text: string; image: string }> = {
  builtin: { text: 'igny8-text-1', image: 'igny8-image-1' },
  openai: { text: 'gpt-4.1-mini', image: 'gpt-image-1-mini' },
};

/** US dollars a token, and an image. */
const PRICES = { input: 0.0000004, cached: 0.0000001, output: 0.0000016, image: 0.011 } as const;

/** Tokens that one credit's worth of text reads and writes. */
const TOKENS_A_CREDIT = { input: 248, cachedInput: 62, output: 520, reasoning: 60 } as const;

export const NO_TOKENS: TokenCounts = {
  input: 0,
  cachedInput: 0,
  cacheWrite: 0,
  output: 0,
  reasoning: 0,
  imageInput: 0,
  imageOutput: 0,
};

export function modelOf(fn: AiFunctionView, supplier: Supplier): string {
  return MODELS[supplier][fn === 'generate_images' ? 'image' : 'text'];
}

/** Of a unit that left its result; `size` times as much as usual. */
export function consumptionOf(fn: AiFunctionView, supplier: Supplier, size = 1): Consumption {
  const credits = CREDITS_PER_UNIT[fn] * size;
  const isImage = fn === 'generate_images';
  const tokens = isImage ? { ...NO_TOKENS, imageOutput: supplier === 'openai' ? 272 * size : 0 } : textTokens(credits);
  return {
    operationType: OPERATION_TYPES[fn],
    model: modelOf(fn, supplier),
    provider: supplier,
    images: isImage ? size : 0,
    credits,
    cost: supplier === 'builtin' ? 0 : isImage ? PRICES.image * size : textCost(tokens),
    isLost: false,
    tokens,
    isEstimated: supplier === 'builtin',
  };
}

/** Of a unit that left none: no credits, and whatever the provider billed. */
export function lostOf(fn: AiFunctionView, supplier: Supplier): Consumption {
  return { ...consumptionOf(fn, supplier), credits: 0, images: 0, isLost: true };
}

function textTokens(credits: number): TokenCounts {
  const { input, cachedInput, output, reasoning } = TOKENS_A_CREDIT;
  return {
    ...NO_TOKENS,
    input: Math.round(input * credits),
    cachedInput: Math.round(cachedInput * credits),
    output: Math.round(output * credits),
    reasoning: Math.round(reasoning * credits),
  };
}

function textCost({ input, cachedInput, output, reasoning }: TokenCounts): number {
  return input * PRICES.input + cachedInput * PRICES.cached + (output + reasoning) * PRICES.output;
}
