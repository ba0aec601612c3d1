/** Drawn pictures in place of rendered ones: the same shape and size, as addresses that need no network. */
import type { ImageView } from '../contract';

const PALETTES = [
  ['#24483b', '#8fb79b', '#f2efe4'],
  ['#5a3320', '#d19a63', '#f6efe6'],
  ['#25405f', '#88abc9', '#eef2f5'],
  ['#4a2f52', '#b58fbf', '#f4eef5'],
] as const;

export type Picture = { media: string; address: string; bytes: number };

/** A picture for a slot; another `seed` gives another design. */
export function pictureOf(image: Pick<ImageView, 'imageType' | 'heading'>, title: string, seed: string): Picture {
  const number = [...`${seed}${title}`].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
  const [deep, mid, pale] = PALETTES[number % PALETTES.length] ?? PALETTES[0];
  const words = image.imageType === 'featured' ? title : image.heading;
  const circles = [0, 1, 2].map((at) => {
    const [x, y, r] = [(number * (at + 3)) % 1200, (number * (at + 5)) % 675, 120 + ((number * (at + 2)) % 220)];
    return `<circle cx="${x}" cy="${y}" r="${r}" fill="${at % 2 === 0 ? mid : pale}" opacity="0.5"/>`;
  });
  const text = lines(words)
    .map((line, at) => `<text x="80" y="${400 + at * 76}" font-size="62">${escaped(line)}</text>`)
    .join('');
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 675" width="1200" height="675">` +
    `<rect width="1200" height="675" fill="${deep}"/>${circles.join('')}` +
    `<g fill="${pale}" font-family="sans-serif" font-weight="700">${text}</g></svg>`;
  return {
    media: `media:${seed}-${number}`,
    address: `data:image/svg+xml,${encodeURIComponent(svg)}`,
    bytes: 48_000 + number,
  };
}

const LINE_CHARS = 30;
const LINES_MAX = 3;

function lines(text: string): string[] {
  const result = [''];
  for (const word of text.split(' ')) {
    const line = result.at(-1) ?? '';
    if (line !== '' && line.length + word.length >= LINE_CHARS) result.push(word);
    else result[result.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return result.slice(0, LINES_MAX);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
