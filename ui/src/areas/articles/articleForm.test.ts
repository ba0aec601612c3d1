import { describe, expect, it } from 'vitest';
import { cutFor, errorsOf, fitOf, META_TITLE_CHARS, savedWords } from './articleForm';

const VALUES = {
  title: 'A title',
  slug: 'a-title',
  excerpt: '',
  metaTitle: '',
  metaDescription: '',
  tags: [],
  categories: [],
};

describe('the fields of an article', () => {
  it('need a title and a slug that can stand in an address', () => {
    expect(errorsOf(VALUES)).toEqual({});
    expect(errorsOf({ ...VALUES, title: ' ', slug: 'Two Words' })).toEqual({
      title: 'This is missing.',
      slug: 'Small letters, digits and hyphens.',
    });
    expect(errorsOf({ ...VALUES, slug: 'kachelöfen-2026' })).toEqual({});
    expect(errorsOf({ ...VALUES, slug: '-a-' })).toHaveProperty('slug');
  });

  it('say what was saved, and that the text stays the version it is', () => {
    expect(savedWords({ fields: [], alts: 0 }, VALUES, 1)).toBe('Nothing was changed.');
    expect(savedWords({ fields: ['tags'], alts: 0 }, VALUES, 1)).toBe('Saved: tags. The text stays version 1.');
    expect(savedWords({ fields: ['title', 'meta_title', 'tags'], alts: 2 }, VALUES, 3)).toBe(
      'Saved: title, search title, and tags. The alt text of 2 pictures follows the title. The text stays version 3.',
    );
  });

  it('say whether what search results show follows a new title', () => {
    const titled = { fields: ['title'], alts: 0 };
    expect(savedWords(titled, { ...VALUES, metaTitle: 'Apple trees' }, 1)).toBe(
      'Saved: title. The search title stays as it was. The text stays version 1.',
    );
    expect(savedWords(titled, VALUES, 1)).toBe(
      'Saved: title. Search results show the new title. The text stays version 1.',
    );
  });

  it('say how they fit into search results', () => {
    const fits = [0, 29, 30, 60, 61].map((length) => fitOf('x'.repeat(length), META_TITLE_CHARS));
    expect(fits).toEqual(['missing', 'short', 'good', 'good', 'long']);
  });

  it('are cut at a word where a result has no more room', () => {
    expect(cutFor('How to prune an apple tree', 60)).toBe('How to prune an apple tree');
    expect(cutFor('How to prune an apple tree', 14)).toBe('How to prune …');
    expect(cutFor('Donaudampfschifffahrt', 10)).toBe('Donaudampf …');
  });
});
