/** Prompts in words: their groups, and what is said about each kind. */
import i18next from 'i18next';
import type { PromptView } from '../host';

export type PromptGroup = 'planning' | 'writing' | 'structures' | 'images';

export const GROUPS: readonly PromptGroup[] = ['planning', 'writing', 'structures', 'images'];

export function groupOf({ kind }: Pick<PromptView, 'kind'>): PromptGroup {
  if (kind === 'content') return 'writing';
  if (kind.startsWith('content_')) return 'structures';
  return kind.startsWith('image_') ? 'images' : 'planning';
}

/** A kind of a newer host says its word. */
export function nameOf(kind: string): string {
  const key = `prompts.kind.${kind}`;
  return i18next.exists(key) ? String(i18next.t(key as never)) : kind;
}

export function aboutOf(prompt: Pick<PromptView, 'kind'>): string {
  const { t } = i18next;
  switch (prompt.kind) {
    case 'clustering':
    case 'ideas':
    case 'content':
    case 'image_prompts':
    case 'image_negative':
      return t(`prompts.about.${prompt.kind}`);
    default:
      return t(groupOf(prompt) === 'structures' ? 'prompts.about.structure' : 'prompts.about.image');
  }
}
