/** The models every installation starts with, and what their work costs in the host in memory. */
import type { AiFunctionView, ModelView } from '../contract';

const DAY_MS = 86_400_000;
/** `2026-05-12`. */
const DAY_CHARS = 10;

export function builtinModels(): ModelView[] {
  const text: ModelView = {
    id: '1',
    provider: 'builtin',
    modelName: 'igny8-text-1',
    displayName: 'Built-in text',
    modelType: 'text',
    costPer1kInput: '0',
    costPer1kOutput: '0',
    costPer1kCachedInput: null,
    costPer1kCacheWrite: null,
    costPer1kReasoning: null,
    costPer1kImageInput: null,
    costPer1kImageOutput: null,
    costPerImage: null,
    creditsPerImage: null,
    tokensPerCredit: 1000,
    minCredits: '1',
    isActive: true,
    isDefault: true,
    retiresOn: null,
    replacedBy: null,
    endsSoon: false,
    state: 'ready',
    pricedAt: '2026-11-23T00:00:00Z',
    contextTokens: 1_000_000,
    maxOutputTokens: 200_000,
    picture: null,
    thinking: '{"tokens":0,"ask":{}}',
    hours: [],
    tiers: [],
  };
  const image: ModelView = {
    ...text,
    id: '2',
    modelName: 'igny8-image-1',
    displayName: 'Built-in images',
    modelType: 'image',
    costPer1kInput: null,
    costPer1kOutput: null,
    costPerImage: '0',
    creditsPerImage: '1',
    tokensPerCredit: null,
    minCredits: '0',
    contextTokens: 0,
    maxOutputTokens: 0,
    picture: '{}',
    thinking: null,
  };
  return [text, image];
}

/** Some models of vendors: a current one of each kind, one whose end is near, one that has ended, one without a price. */
export function vendorModels(now: Date): ModelView[] {
  const [text, image] = builtinModels() as [ModelView, ModelView];
  const of = (model: ModelView, id: string, provider: string, modelName: string, displayName: string): ModelView => ({
    ...model,
    id,
    provider,
    modelName,
    displayName,
    isDefault: false,
  });
  return [
    {
      ...of(text, '3', 'openai', 'gpt-6.1-terra', 'GPT-6.1 Terra'),
      ...{ costPer1kInput: '0.001', costPer1kOutput: '0.005', costPer1kCachedInput: '0.00005' },
      ...{ tokensPerCredit: 2000, contextTokens: 272_000, maxOutputTokens: 16_000 },
    },
    {
      ...of(text, '4', 'openai', 'gpt-5', 'GPT-5'),
      ...{ costPer1kInput: '0.00125', costPer1kOutput: '0.01', costPer1kCachedInput: '0.000125' },
      ...{ tokensPerCredit: 1000, contextTokens: 400_000, maxOutputTokens: 16_000 },
      ...{ retiresOn: dayFrom(now, 12), replacedBy: 'gpt-6.1-terra', endsSoon: true },
    },
    {
      ...of(text, '5', 'anthropic', 'claude-sonnet-5-5', 'Claude Sonnet 5.5'),
      ...{ costPer1kInput: '0.002', costPer1kOutput: '0.01', costPer1kCachedInput: '0.0001' },
      ...{ costPer1kCacheWrite: '0.0025', tokensPerCredit: 1000, contextTokens: 1_000_000, maxOutputTokens: 16_000 },
    },
    {
      ...of(image, '6', 'openai', 'gpt-image-2', 'GPT Image 2'),
      ...{ costPer1kInput: '0.005', costPer1kOutput: '0.03', costPerImage: null, creditsPerImage: '7' },
    },
    {
      ...of(image, '7', 'openai', 'dall-e-3', 'DALL·E 3'),
      ...{ costPerImage: null, creditsPerImage: null, isActive: false },
      ...{ retiresOn: '2026-05-12', replacedBy: 'gpt-image-2' },
    },
    {
      ...of(image, '8', 'runware', 'google:4@2', 'Nano Banana'),
      ...{ costPerImage: null, creditsPerImage: null, isActive: false },
    },
  ];
}

/** A day so many days from now, as the host writes days. */
export function dayFrom(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, DAY_CHARS);
}

/** Items that one paid call carries. */
export const ITEMS_PER_UNIT: Record<AiFunctionView, number> = {
  auto_cluster: 20,
  generate_ideas: 4,
  generate_content: 1,
  generate_image_prompts: 1,
  generate_images: 1,
};

/** Credits of one paid call or image. */
export const CREDITS_PER_UNIT: Record<AiFunctionView, number> = {
  auto_cluster: 2,
  generate_ideas: 3,
  generate_content: 4,
  generate_image_prompts: 1,
  generate_images: 1,
};

/** What the books call each function. */
export const OPERATION_TYPES: Record<AiFunctionView, string> = {
  auto_cluster: 'clustering',
  generate_ideas: 'idea_generation',
  generate_content: 'content_generation',
  generate_image_prompts: 'image_prompt_extraction',
  generate_images: 'image_generation',
};

/** Stems of the notices that close an operation. */
export const NOTICE_STEMS: Record<AiFunctionView, string> = {
  auto_cluster: 'ai_cluster',
  generate_ideas: 'ai_ideas',
  generate_content: 'ai_content',
  generate_image_prompts: 'ai_prompts',
  generate_images: 'ai_image',
};
