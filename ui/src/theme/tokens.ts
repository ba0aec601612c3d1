/**
 * Every colour and size of the product, by role. Nothing outside `theme/` may write a colour or a spacing in pixels:
 * pages name a role (`var(--color-text-muted)`), and both schemes and the contrast test follow from this one table.
 */

export type Scheme = 'light' | 'dark';

/** A colour in both schemes. */
type Pair = Record<Scheme, string>;

export const COLORS = {
  /** Actions, selection, links. */
  accent: { light: '#4453C7', dark: '#93A2FF' },
  'accent-hover': { light: '#3845AE', dark: '#A8B4FF' },
  'accent-soft': { light: '#ECEEFB', dark: '#262A42' },
  'on-accent': { light: '#FFFFFF', dark: '#14161F' },

  background: { light: '#FBFBFA', dark: '#151619' },
  raised: { light: '#FFFFFF', dark: '#1C1E22' },
  sunken: { light: '#F3F3F1', dark: '#101114' },
  /** Under the pointer, on any surface. */
  hover: { light: '#EFEFEC', dark: '#24272C' },

  text: { light: '#1B1C1F', dark: '#ECEDEF' },
  'text-muted': { light: '#5B5E66', dark: '#A9ADB7' },
  /** Hints and units: the quietest text that still meets AA on every surface. */
  'text-faint': { light: '#65686F', dark: '#8F949F' },
  line: { light: '#E4E4E0', dark: '#2B2E34' },
  /** Edges of fields and checkboxes, which must be seen without their content (3:1). */
  'line-strong': { light: '#85888F', dark: '#6C717C' },

  success: { light: '#197545', dark: '#4CC38A' },
  'success-hover': { light: '#14633A', dark: '#62CE99' },
  'success-soft': { light: '#E4F3EA', dark: '#18302A' },
  'on-success': { light: '#FFFFFF', dark: '#0F1F18' },

  warning: { light: '#8F5600', dark: '#F5C84B' },
  'warning-soft': { light: '#FFF1D1', dark: '#352C14' },
  'warning-solid': { light: '#F2B705', dark: '#F2B705' },
  'warning-solid-hover': { light: '#DDA704', dark: '#FFC928' },
  'on-warning': { light: '#1B1C1F', dark: '#1B1C1F' },

  danger: { light: '#C4302B', dark: '#FF7A73' },
  'danger-solid': { light: '#C4302B', dark: '#D13B35' },
  'danger-solid-hover': { light: '#A82722', dark: '#BB322D' },
  'danger-soft': { light: '#FCEBEA', dark: '#3A2022' },
  'on-danger': { light: '#FFFFFF', dark: '#FFFFFF' },

  info: { light: '#2563A8', dark: '#6FB1FC' },
  'info-hover': { light: '#1E538E', dark: '#86BEFD' },
  'info-soft': { light: '#E6EFF9', dark: '#182B42' },
  'on-info': { light: '#FFFFFF', dark: '#0C1A2B' },

  /** Parts of a chart, in their order; neighbours differ in lightness as well as in hue. */
  'series-1': { light: '#3845AE', dark: '#7C8DF5' },
  'series-2': { light: '#0E8A7D', dark: '#7FDCCB' },
  'series-3': { light: '#A45A00', dark: '#D9923B' },
  'series-4': { light: '#8C6BC8', dark: '#D3BCFF' },
  'series-5': { light: '#B0315C', dark: '#EE7FA2' },
  'series-6': { light: '#6B7280', dark: '#B6BBC6' },

  /** The mark only. */
  ember: { light: '#E8590C', dark: '#FF7A2F' },
  /** The mark's stroke behind. */
  'ember-light': { light: '#F78B4A', dark: '#FFB27A' },
} as const satisfies Record<string, Pair>;

export type ColorName = keyof typeof COLORS;

/** Pairs that carry text at body size: foreground, background. The contrast test holds each to 4.5:1 in both schemes. */
export const TEXT_PAIRS: readonly (readonly [ColorName, ColorName])[] = [
  ...surfacesFor('text'),
  ...surfacesFor('text-muted'),
  ...surfacesFor('text-faint'),
  ...surfacesFor('accent'),
  ...surfacesFor('success'),
  ...surfacesFor('warning'),
  ...surfacesFor('danger'),
  ...surfacesFor('info'),
  ['accent', 'accent-soft'],
  ['text', 'accent-soft'],
  ['text-muted', 'accent-soft'],
  ['success', 'success-soft'],
  ['text', 'success-soft'],
  ['warning', 'warning-soft'],
  ['text', 'warning-soft'],
  ['danger', 'danger-soft'],
  ['text', 'danger-soft'],
  ['info', 'info-soft'],
  ['text', 'info-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-success', 'success'],
  ['on-success', 'success-hover'],
  ['on-warning', 'warning-solid'],
  ['on-warning', 'warning-solid-hover'],
  ['on-danger', 'danger-solid'],
  ['on-danger', 'danger-solid-hover'],
  ['on-info', 'info'],
  ['on-info', 'info-hover'],
];

/** Pairs that carry shapes (edges, dots, icons, the focus ring): 3:1. */
export const SHAPE_PAIRS: readonly (readonly [ColorName, ColorName])[] = [
  ['line-strong', 'background'],
  ['line-strong', 'raised'],
  ['line-strong', 'sunken'],
  ['series-1', 'raised'],
  ['series-2', 'raised'],
  ['series-3', 'raised'],
  ['series-4', 'raised'],
  ['series-5', 'raised'],
  ['series-6', 'raised'],
  ['accent', 'hover'],
  ['ember', 'background'],
  ['ember', 'raised'],
  ['ember', 'sunken'],
];

/** Steps of the 4-pixel grid, in pixels. */
export const SPACE = { 1: 4, 2: 8, 3: 12, 4: 16, 5: 20, 6: 24, 8: 32, 10: 40, 12: 48, 16: 64 } as const;

/** Fixed measures of the frame and the lists, in pixels. */
export const SIZES = {
  'sidebar-width': 232,
  'sidebar-width-folded': 56,
  'header-height': 52,
  'footer-height': 44,
  'footer-height-folded': 20,
  'reading-width': 760,
  'nav-row': 28,
  'nav-row-low': 26,
  'control-height': 32,
  dot: 8,
  'mark-small': 24,
  drawing: 96,
  'thumbnail-height': 48,
  'chart-height': 240,
  'aside-width': 304,
  radius: 6,
} as const;

/** Height of a table row by the user's choice of density, and of a row of thumbnails, in pixels. */
export const ROW_HEIGHTS = { compact: 30, normal: 36, roomy: 44, pictures: 68 } as const;

/** Durations in milliseconds; all of them are dropped when the system asks for reduced motion. */
export const MOTION = { fast: 120, normal: 150, roll: 180 } as const;

function surfacesFor(ink: ColorName): (readonly [ColorName, ColorName])[] {
  const surfaces: ColorName[] = ['background', 'raised', 'sunken', 'hover'];
  return surfaces.map((surface) => [ink, surface] as const);
}
