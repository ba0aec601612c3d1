import { describe, expect, it } from 'vitest';
import { cutFor, errorsOf, fitOf, META_TITLE_CHARS } from './articleForm';

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
