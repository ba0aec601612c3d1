/** What a thing means, apart from what it is: the tone chooses the colour, a word beside it always says the same. */

export const TONES = ['neutral', 'accent', 'success', 'warning', 'danger', 'info'] as const;
export type Tone = (typeof TONES)[number];

/** The colour variable of a tone, for dots, bars and edges. */
export function toneColor(tone: Tone): string {
  switch (tone) {
    case 'neutral':
      return 'var(--color-text-faint)';
    case 'warning':
      return 'var(--color-warning-solid)';
    case 'accent':
    case 'success':
    case 'danger':
    case 'info':
      return `var(--color-${tone})`;
  }
}
