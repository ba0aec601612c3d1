/** The rules of the rooms, read from the files: who may import whom, how long a component may be, where colours live. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCE = resolve(import.meta.dirname, '../../src');
const FILES = filesUnder(SOURCE).map((path) => ({
  path: relative(SOURCE, path),
  text: readFileSync(path, 'utf8'),
}));
const CODE = FILES.filter(({ path }) => /\.tsx?$/.test(path) && path !== 'bindings.ts');
const STYLES = FILES.filter(({ path }) => path.endsWith('.css'));
const OUTSIDE_THEME = [...CODE, ...STYLES].filter(({ path }) => room(path) !== 'theme' && !isTest(path));

/** Files whose colours are the users' data and none of the interface's. */
const DATA_COLORS = ['host/fake/', 'areas/sites/brandColors.ts', 'areas/sites/siteForm.test.ts'];

/** Most lines of a component, and of any other file. */
const COMPONENT_LINES = 200;
const FILE_LINES = 500;

/** Rooms that each room may import from, besides itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  theme: [],
  messages: [],
  kit: [],
  host: ['bindings'],
  data: ['host', 'kit', 'messages'],
  parts: ['data', 'host', 'kit', 'messages'],
  areas: ['data', 'kit', 'host', 'messages', 'parts'],
  frame: ['areas', 'data', 'host', 'kit', 'parts', 'theme', 'messages'],
  'main.tsx': ['data', 'frame', 'host', 'messages', 'theme'],
};

describe('the rooms', () => {
  it('are all known', () => {
    const rooms = new Set(FILES.map(({ path }) => room(path)));
    rooms.delete('bindings.ts');
    expect([...rooms].filter((name) => !(name in MAY_IMPORT))).toEqual([]);
  });

  it('import only what they may', () => {
    const wrong = CODE.filter(({ path }) => !isTest(path)).flatMap((file) =>
      ownImports(file)
        .map((target) => [room(file.path), room(target)] as const)
        .filter(([from, to]) => from !== to && !MAY_IMPORT[from]?.includes(to.replace('.ts', '')))
        .map(([, to]) => `${file.path} imports ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keep areas apart from each other', () => {
    const wrong = CODE.filter(({ path }) => room(path) === 'areas').flatMap((file) =>
      ownImports(file)
        .filter((target) => room(target) === 'areas' && target.split('/')[1] !== file.path.split('/')[1])
        .map((target) => `${file.path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('speak to the shell only in host', () => {
    const wrong = CODE.filter(({ path, text }) => room(path) !== 'host' && /from ['"]@tauri-apps\//.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe('files', () => {
  it('stay short', () => {
    const long = CODE.filter(({ path, text }) => {
      const most = path.endsWith('.tsx') && !isTest(path) ? COMPONENT_LINES : FILE_LINES;
      return text.split('\n').length - 1 > most;
    });
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('open by saying what they own', () => {
    const mute = CODE.filter(({ path, text }) => !isTest(path) && !text.startsWith('/**'));
    expect(mute.map(({ path }) => path)).toEqual([]);
  });

  it('keep nothing in the storage of the webview', () => {
    expect(CODE.filter(({ text }) => /localStorage|sessionStorage/.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('colours and measures', () => {
  it('come from the tokens', () => {
    const hex = matches(OUTSIDE_THEME, /(?<![\w&/])#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi);
    expect(hex.filter((found) => !DATA_COLORS.some((path) => found.startsWith(path)))).toEqual([]);
  });

  it('are steps of the grid and not pixels, but for hairlines', () => {
    expect(
      matches(
        STYLES.filter(({ path }) => room(path) !== 'theme'),
        /(?<![\d.])(?![12]px)\d+(\.\d+)?px\b/g,
      ),
    ).toEqual([]);
    expect(matches(OUTSIDE_THEME, /\b(?:[mp][xytrbl]?|gap|spacing)=\{\d+\}/g)).toEqual([]);
  });
});

function matches(files: typeof FILES, pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) => [...text.matchAll(pattern)].map(([found]) => `${path}: ${found}`));
}

/** Paths of our own files that a file imports, relative to the source folder and without their endings. */
function ownImports({ path, text }: { path: string; text: string }): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]*)['"]/g)].map(([, target = '']) =>
    relative(SOURCE, resolve(SOURCE, dirname(path), target)),
  );
}

function room(path: string): string {
  return path.split('/')[0] ?? path;
}

function isTest(path: string): boolean {
  return path.includes('.test.');
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}
