/** The fields of an article that a person may change: their values, what they must be like, and how long is good. */
import i18next from 'i18next';
import type { ContentEdit, ContentEdited, ContentView } from '../../host';
import { formatCount } from '../../kit/format';

/** Characters that search engines usually show; shorter than the least wastes room. */
export const META_TITLE_CHARS = { least: 30, most: 60 } as const;
export const META_DESCRIPTION_CHARS = { least: 110, most: 160 } as const;

export const TITLE_CHARS_MAX = 200;
export const EXCERPT_CHARS_MAX = 2000;
export const TERMS_MAX = 50;

export function valuesOf(view: ContentView): ContentEdit {
  const { slug, excerpt, metaTitle, metaDescription, tags, categories } = view;
  return { title: view.row.title, slug, excerpt, metaTitle, metaDescription, tags, categories };
}

/** What is wrong with the values, by field, in words. */
export function errorsOf({ title, slug }: ContentEdit): Partial<Record<keyof ContentEdit, string>> {
  const { t } = i18next;
  const errors: Partial<Record<keyof ContentEdit, string>> = {};
  if (title.trim() === '') errors.title = t('articles.edit.required');
  if (!/^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u.test(slug)) errors.slug = t('articles.edit.slug');
  return errors;
}

/** What an edit changed, and that a search title of its own does not follow the title; the text has no new version from it. */
export function savedWords({ fields, alts }: ContentEdited, { metaTitle }: ContentEdit, version: number): string {
  const { t } = i18next;
  if (fields.length === 0) return t('articles.edit.unchanged');
  const names = fields.map((field) => String(t(`articles.edit.field.${field}` as never)));
  const sentences = [t('articles.edit.saved', { fields: listed(names) })];
  const hasNewTitle = fields.includes('title') && !fields.includes('meta_title');
  if (hasNewTitle) sentences.push(t(metaTitle.trim() === '' ? 'articles.edit.searched' : 'articles.edit.searchTitle'));
  if (alts > 0) sentences.push(t('articles.edit.alts', { count: alts, amount: formatCount(alts) }));
  sentences.push(t('articles.edit.textStays', { version }));
  return sentences.join(' ');
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat(i18next.language, { type: 'conjunction' }).format(names);
}

export type Fit = 'missing' | 'short' | 'good' | 'long';

/** How a text fits into search results. */
export function fitOf(text: string, { least, most }: { least: number; most: number }): Fit {
  const length = text.trim().length;
  if (length === 0) return 'missing';
  if (length < least) return 'short';
  return length > most ? 'long' : 'good';
}

/** A text as a result shows it, cut at a word. */
export function cutFor(text: string, most: number): string {
  if (text.length <= most) return text;
  const room = text.slice(0, most);
  const space = room.lastIndexOf(' ');
  return `${room.slice(0, space > 0 ? space : most).trimEnd()} …`;
}
