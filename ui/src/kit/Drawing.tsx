/** Line drawings for empty pages: one stroke width, one colour, nothing filled. */
import classes from './Drawing.module.css';

export const DRAWINGS = [
  'list',
  'site',
  'cluster',
  'idea',
  'page',
  'image',
  'check',
  'coins',
  'inbox',
  'search',
  'broken',
] as const;
export type DrawingName = (typeof DRAWINGS)[number];

/** Paths on a 96 by 96 field. */
const PATHS: Record<DrawingName, string> = {
  list: 'M20 22h56M20 38h56M20 54h40M20 70h28M60 66l8 8 14-18',
  site: 'M14 22h68v52H14zM14 36h68M22 29h1M30 29h1M38 29h1M26 48h20v16H26zM54 48h18M54 56h18M54 64h10',
  cluster:
    'M48 48m-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M22 26m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0M76 28m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0M24 72m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0M74 70m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0M27 30l14 12M71 33L56 43M29 68l12-13M69 66L55 54',
  idea: 'M36 62c-8-5-12-12-12-20a24 24 0 0 1 48 0c0 8-4 15-12 20v8H36zM38 78h20M48 8V4M16 16l-3-3M80 16l3-3M42 62V46l6 4 6-4v16',
  page: 'M24 12h34l16 16v56H24zM58 12v16h16M34 42h30M34 54h30M34 66h18',
  image: 'M14 20h68v56H14zM14 64l20-20 16 16 10-10 22 20M62 36m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0',
  check: 'M24 12h48v72H24zM36 12v8h24v-8M34 48l10 10 18-22',
  coins:
    'M40 30m-24 0a24 10 0 1 0 48 0a24 10 0 1 0 -48 0M16 30v16c0 5 11 10 24 10s24-5 24-10V30M32 55v13c0 5 11 10 24 10s24-5 24-10V52c0-4-7-8-16-9',
  inbox: 'M14 52l12-32h44l12 32v24H14zM14 52h22c0 7 5 12 12 12s12-5 12-12h22',
  search: 'M42 42m-24 0a24 24 0 1 0 48 0a24 24 0 1 0 -48 0M60 60l22 22M34 42h16',
  broken: 'M16 24h64v40H52M16 24v40h20M34 84h28M40 64l8-8-8-10 10-8-6-14',
};

export function Drawing({ name }: { name: DrawingName }) {
  return (
    <svg className={classes.drawing} viewBox="0 0 96 96" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
