/** Difficulty in five bands, from very easy to very hard, and the filter made of them. */
import i18next from 'i18next';
import type { ListFilter } from '../../host';
import type { Filter, Status } from '../../kit/table/types';
import type { Tone } from '../../kit/tone';

/** From very easy to very hard, each twenty points wide. */
const BANDS = [
  { name: 'veryEasy', tone: 'success' },
  { name: 'easy', tone: 'success' },
  { name: 'medium', tone: 'warning' },
  { name: 'hard', tone: 'danger' },
  { name: 'veryHard', tone: 'danger' },
] as const satisfies readonly { name: string; tone: Tone }[];

const BAND_WIDTH = 20;

/** Name of the filter in the address of the page. */
export const DIFFICULTY = 'difficulty';

/** Dot and words of a difficulty from 0 to 100. */
export function difficultyStatus(difficulty: number): Status {
  const { name, tone } = bandOf(difficulty);
  return { tone, label: `${difficulty} · ${i18next.t(`keywords.band.${name}`)}` };
}

export function difficultyFilter(): Filter {
  return {
    id: DIFFICULTY,
    label: i18next.t('keywords.column.difficulty'),
    allLabel: i18next.t('keywords.filter.allDifficulty'),
    options: BANDS.map(({ name }) => ({ value: name, label: i18next.t(`keywords.band.${name}`) })),
  };
}

/** The range of a band, as the host filters it: 0–20, 21–40, and so on. */
export function difficultyRange(band: string | undefined): Pick<ListFilter, 'difficultyMin' | 'difficultyMax'> {
  const place = BANDS.findIndex(({ name }) => name === band);
  if (place < 0) return { difficultyMin: null, difficultyMax: null };
  return { difficultyMin: place === 0 ? 0 : place * BAND_WIDTH + 1, difficultyMax: (place + 1) * BAND_WIDTH };
}

function bandOf(difficulty: number): (typeof BANDS)[number] {
  return BANDS[Math.ceil(difficulty / BAND_WIDTH) - 1] ?? (difficulty > 0 ? BANDS[4] : BANDS[0]);
}
