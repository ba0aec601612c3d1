/** Colours offered for a brand; any other can be typed. They are the users' data and none of the interface's. */
export const BRAND_COLORS = [
  '#2f6f4f',
  '#2563a8',
  '#4453c7',
  '#7a3e9d',
  '#b23a5e',
  '#b4531f',
  '#8a6a12',
  '#3d4450',
] as const;
