/** The models every installation starts with, and what their work costs in the host in memory. */
import type { AiFunctionView, ModelView } from '../contract';

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
  };
  return [text, image];
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
