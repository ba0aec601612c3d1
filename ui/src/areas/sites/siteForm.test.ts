import { describe, expect, it } from 'vitest';
import { draftOf, errorsOf, type SiteValues, valuesOf } from './siteForm';

const GOOD: SiteValues = {
  ...valuesOf(null),
  name: ' Field Notes ',
  url: 'https://fieldnotes.example//',
  userName: ' editor ',
};

describe('the form of a site', () => {
  it('sends clean values, and a password only when one was typed', () => {
    expect(draftOf(GOOD)).toMatchObject({
      name: 'Field Notes',
      url: 'https://fieldnotes.example',
      userName: 'editor',
      password: null,
    });
    expect(draftOf({ ...GOOD, url: 'fieldnotes.example/' }).url).toBe('https://fieldnotes.example');
    expect(draftOf({ ...GOOD, password: 'abcd EFGH 1234 ' }).password).toBe('abcdEFGH1234');
  });

  it('sends neither user nor password for a folder', () => {
    const draft = draftOf({ ...GOOD, kind: 'folder', url: '', password: 'abcd' });
    expect(draft).toMatchObject({ kind: 'folder', url: '', userName: '', password: null });
  });

  it.each([
    [{ name: '  ' }, { name: 'This is missing.' }],
    [{ name: 'x'.repeat(201) }, { name: 'At most 200 characters.' }],
    [{ url: '' }, { url: 'This is missing.' }],
    [{ url: 'fieldnotes.example' }, {}],
    [{ url: 'www.fieldnotes.example/2026/05/a-post/' }, {}],
    [{ url: 'localhost:8080' }, {}],
    [{ url: 'fieldnotes' }, { url: 'Write an address, such as example.org.' }],
    [{ url: 'field notes' }, { url: 'Write an address, such as example.org.' }],
    [{ url: 'ftp://fieldnotes.example' }, { url: 'Write an address, such as example.org.' }],
    [{ userName: '' }, { userName: 'This is missing.' }],
    [{ brandColor: 'green' }, { brandColor: 'Write a colour such as #2f6f4f.' }],
    [{ inArticleImages: 5 }, { inArticleImages: 'Write a whole number from 0 to 4.' }],
    [{ inArticleImages: 1.5 }, { inArticleImages: 'Write a whole number from 0 to 4.' }],
    [{ inArticleImages: '' }, { inArticleImages: 'Write a whole number from 0 to 4.' }],
    [{ inArticleImages: 0 }, {}],
    [{}, {}],
  ])('finds what is wrong with %o', (part, errors) => {
    expect(errorsOf({ ...GOOD, ...part })).toEqual(errors);
  });

  it('asks a folder for a name only', () => {
    expect(errorsOf({ ...valuesOf(null), name: 'Notes', kind: 'folder' })).toEqual({});
  });
});
