import { expect, it } from 'vitest';
import { difference } from './difference';

const marks = { same: ' ', added: '+', removed: '-' };
const shown = (before: string, after: string) =>
  difference(before, after).map(({ kind, text }) => `${marks[kind]}${text}`);

it('keeps the lines both have, and says which went and came', () => {
  expect(shown('one\ntwo\nthree', 'one\n2\nthree\nfour')).toEqual([' one', '-two', '+2', ' three', '+four']);
  expect(shown('same', 'same')).toEqual([' same']);
  expect(shown('a\nb\nc', 'c')).toEqual(['-a', '-b', ' c']);
  expect(shown('c', 'a\nb\nc')).toEqual(['+a', '+b', ' c']);
});
