/**
 * What an image model can be asked for, as a form has it and as the host takes it: an object of JSON. What people change
 * has fields; the rest stays JSON. The largest seed is handled as text throughout, since it may have more digits than a
 * number here can hold.
 */

export const SIZES_KINDS = ['any', 'listed', 'stepped'] as const;

export type AbilityFields = {
  sizesKind: (typeof SIZES_KINDS)[number];
  /** One size a line, such as `1024x1024`, with the vendor's word for it behind it where it has one. */
  sizesListed: string;
  sideMin: string;
  sideMax: string;
  sideStep: string;
  ratioMax: string;
  pixelsMax: string;
  pixelsMin: string;
  qualities: string[];
  quality: string;
  stepsAsked: string;
  stepsMin: string;
  stepsMax: string;
  /** It has a field for what not to show. */
  hasNegative: boolean;
  seedMax: string;
  /** All else, as JSON. */
  rest: string;
};

export type AbilityProblem = 'sizes' | 'count' | 'steps' | 'json';

type Size = { width: number; height: number; word?: string };
type Range = { min: number; max: number; step: number; ratio_max?: number; pixels_max?: number; pixels_min?: number };
export type Abilities = {
  sizes?: 'any' | { listed: Size[] } | { stepped: Range };
  qualities?: string[];
  quality?: string;
  steps?: { asked: number; min: number; max: number };
  negative?: 'in_prompt' | 'field';
  seed_max?: string;
  [other: string]: unknown;
};

export const NO_ABILITIES: AbilityFields = {
  sizesKind: 'any',
  sizesListed: '',
  sideMin: '',
  sideMax: '',
  sideStep: '',
  ratioMax: '',
  pixelsMax: '',
  pixelsMin: '',
  qualities: [],
  quality: '',
  stepsAsked: '',
  stepsMin: '',
  stepsMax: '',
  hasNegative: false,
  seedMax: '',
  rest: '',
};

const COUNTS = ['sideMin', 'sideMax', 'sideStep', 'ratioMax', 'pixelsMax', 'pixelsMin', 'seedMax'] as const;
const STEPS = ['stepsAsked', 'stepsMin', 'stepsMax'] as const;
const SEED = /("seed_max"\s*:\s*)(\d+)/;
const SEED_TEXT = /("seed_max":)"(\d+)"/;
const SIZE = /^(\d{1,5})\s*[x×]\s*(\d{1,5})(?:\s+(\S.*))?$/i;
const COUNT = /^[1-9]\d{0,18}$/;

/** Reads what the host says. */
export function readAbilities(picture: string): Abilities {
  return JSON.parse(picture.replace(SEED, '$1"$2"')) as Abilities;
}

export function abilityFieldsOf(picture: string | null): AbilityFields {
  if (picture === null) return NO_ABILITIES;
  const { sizes, qualities, quality, steps, negative, seed_max, ...rest } = readAbilities(picture);
  return {
    ...NO_ABILITIES,
    ...sizeFields(sizes),
    qualities: qualities ?? [],
    quality: quality ?? '',
    stepsAsked: textOf(steps?.asked),
    stepsMin: textOf(steps?.min),
    stepsMax: textOf(steps?.max),
    hasNegative: negative === 'field',
    seedMax: seed_max ?? '',
    rest: Object.keys(rest).length === 0 ? '' : JSON.stringify(rest, null, 2),
  };
}

function sizeFields(sizes: Abilities['sizes']): Partial<AbilityFields> {
  if (sizes === undefined || sizes === 'any') return { sizesKind: 'any' };
  if ('listed' in sizes) return { sizesKind: 'listed', sizesListed: sizes.listed.map(sizeText).join('\n') };
  const { min, max, step, ratio_max, pixels_max, pixels_min } = sizes.stepped;
  return {
    sizesKind: 'stepped',
    sideMin: textOf(min),
    sideMax: textOf(max),
    sideStep: textOf(step),
    ratioMax: textOf(ratio_max),
    pixelsMax: textOf(pixels_max),
    pixelsMin: textOf(pixels_min),
  };
}

export function sizeText({ width, height, word }: Size): string {
  return [`${width}x${height}`, word].filter(Boolean).join(' ');
}

/** What the host is told: nothing of a new model where nothing was said, so that it takes what is usual of the language. */
export function pictureOf(fields: AbilityFields, isKnown: boolean): string | null {
  if (!isKnown && JSON.stringify(fields) === JSON.stringify(NO_ABILITIES)) return null;
  const able: Abilities = {
    sizes: sizesOf(fields),
    ...(fields.qualities.length === 0 ? {} : { qualities: fields.qualities }),
    ...(fields.quality === '' ? {} : { quality: fields.quality }),
    ...(fields.stepsAsked === '' ? {} : { steps: stepsOf(fields) }),
    negative: fields.hasNegative ? 'field' : 'in_prompt',
    ...(fields.seedMax.trim() === '' ? {} : { seed_max: fields.seedMax.trim() }),
    ...(fields.rest.trim() === '' ? {} : (JSON.parse(fields.rest) as Record<string, unknown>)),
  };
  return JSON.stringify(able).replace(SEED_TEXT, '$1$2');
}

function sizesOf(fields: AbilityFields): NonNullable<Abilities['sizes']> {
  if (fields.sizesKind === 'any') return 'any';
  if (fields.sizesKind === 'listed')
    return { listed: linesOf(fields.sizesListed).flatMap((line) => sizeOf(line) ?? []) };
  const { sideMin, sideMax, sideStep, ratioMax, pixelsMax, pixelsMin } = fields;
  return {
    stepped: {
      min: Number(sideMin),
      max: Number(sideMax),
      step: Number(sideStep),
      ...(ratioMax === '' ? {} : { ratio_max: Number(ratioMax) }),
      ...(pixelsMax === '' ? {} : { pixels_max: Number(pixelsMax) }),
      ...(pixelsMin === '' ? {} : { pixels_min: Number(pixelsMin) }),
    },
  };
}

function stepsOf({ stepsAsked, stepsMin, stepsMax }: AbilityFields) {
  return { asked: Number(stepsAsked), min: Number(stepsMin), max: Number(stepsMax) };
}

/** What cannot even be sent. Whether the rest makes sense is the host's to say. */
export function abilityProblems(fields: AbilityFields): Partial<Record<keyof AbilityFields, AbilityProblem>> {
  const problems: Partial<Record<keyof AbilityFields, AbilityProblem>> = {};
  const isRange = fields.sizesKind === 'stepped';
  for (const field of COUNTS) {
    const text = fields[field].trim();
    const isNeeded = isRange && (field === 'sideMin' || field === 'sideMax' || field === 'sideStep');
    if (text === '' ? isNeeded : !COUNT.test(text)) problems[field] = 'count';
  }
  const lines = linesOf(fields.sizesListed);
  if (fields.sizesKind === 'listed' && (lines.length === 0 || lines.some((line) => sizeOf(line) === null)))
    problems.sizesListed = 'sizes';
  const said = STEPS.filter((field) => fields[field] !== '');
  if (said.length > 0) for (const field of STEPS) if (!COUNT.test(fields[field])) problems[field] = 'steps';
  if (!isObject(fields.rest)) problems.rest = 'json';
  return problems;
}

/** The field that a rule of the host's is about. */
export function fieldOfRule(rule: string, { sizesKind }: AbilityFields): keyof AbilityFields {
  switch (rule) {
    case 'sizes':
      return sizesKind === 'stepped' ? 'sideMax' : 'sizesListed';
    case 'quality':
      return 'quality';
    case 'steps':
      return 'stepsAsked';
    case 'seed_max':
      return 'seedMax';
    default:
      return 'rest';
  }
}

function isObject(text: string): boolean {
  if (text.trim() === '') return true;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function sizeOf(line: string): Size | null {
  const [, width, height, word] = SIZE.exec(line) ?? [];
  if (width === undefined || height === undefined) return null;
  return { width: Number(width), height: Number(height), ...(word === undefined ? {} : { word: word.trim() }) };
}

function textOf(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}
