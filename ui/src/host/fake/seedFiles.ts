/** Keyword files that the dialog offers and that can be dropped: two good ones, and the ways a file can be wrong. */
import type { Fault } from '../contract';
import type { FakeFile } from './data';
import { intentOf } from './sample';

const FOLDER = '/home/you/Downloads';

export function seedFiles(): { files: Record<string, FakeFile>; picked: string[] } {
  const files: Record<string, FakeFile> = {
    [`${FOLDER}/search_console_queries.csv`]: searchConsole(),
    [`${FOLDER}/semrush_keyword_magic.csv`]: semrush(),
    [`${FOLDER}/empty.csv`]: broken('empty'),
    [`${FOLDER}/orders.csv`]: broken('no_keyword_column', ['Date', 'Customer', 'Amount']),
    [`${FOLDER}/keywords.xlsx`]: broken('spreadsheet'),
    [`${FOLDER}/exports.zip`]: broken('archive'),
  };
  return { files, picked: [`${FOLDER}/search_console_queries.csv`] };
}

function searchConsole(): FakeFile {
  const keywords = [
    { text: 'how to overwinter dahlias', volume: null, difficulty: null },
    { text: 'apple scab treatment', volume: null, difficulty: null },
    { text: 'when to prune plum trees', volume: null, difficulty: null },
    { text: 'espalier apple tree', volume: null, difficulty: null },
    { text: 'apple tree rootstock m26', volume: null, difficulty: null },
    { text: 'grafting apple trees', volume: null, difficulty: null },
  ];
  return {
    preview: {
      kind: 'search_console',
      fileName: 'search_console_queries.csv',
      columns: [{ header: 'Top queries', field: 'keyword' }],
      unusedColumns: ['Clicks', 'Impressions', 'CTR', 'Position'],
      rows: keywords.map(({ text, volume, difficulty }) => ({ text, volume, difficulty, intent: intentOf(text) })),
      keywordCount: 6,
      joinedCount: 2,
      ignored: [
        { line: 9, reason: 'no_keyword' },
        { line: 11, reason: 'not_a_keyword' },
      ],
      warnings: ['search_console_limit'],
      isWhole: true,
    },
    keywords,
  };
}

function semrush(): FakeFile {
  const keywords = Array.from({ length: 40 }, (_, at) => ({
    text: `${['rose', 'tulip', 'peony', 'iris'][at % 4]} ${['care', 'planting time', 'pruning', 'varieties', 'diseases', 'for shade', 'in pots', 'fertiliser', 'companions', 'pests'][Math.floor(at / 4)]}`,
    volume: 12_000 - at * 270,
    difficulty: 12 + ((at * 7) % 60),
  }));
  return {
    preview: {
      kind: 'semrush_keyword_magic',
      fileName: 'semrush_keyword_magic.csv',
      columns: [
        { header: 'Keyword', field: 'keyword' },
        { header: 'Volume', field: 'volume' },
        { header: 'Keyword Difficulty', field: 'difficulty' },
      ],
      unusedColumns: ['Trend', 'SERP Features'],
      rows: keywords.slice(0, 20).map((row) => ({ ...row, intent: intentOf(row.text) })),
      keywordCount: 40,
      joinedCount: 0,
      ignored: [],
      warnings: [],
      isWhole: true,
    },
    keywords,
  };
}

function broken(problem: string, headers: string[] = []): FakeFile {
  const fault: Fault = { code: 'KeywordFile', detail: { problem, line: 0, headers } };
  return { fault };
}
