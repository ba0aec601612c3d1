/** The closed vocabularies of the data on screen: each word with its tone and its name, the same on every page. */
import i18next from 'i18next';
import type { ContentRow } from '../host';
import type { Status } from '../kit/table/types';
import type { Tone } from '../kit/tone';
import type { status as words } from '../messages/en/status';

type Vocabulary = keyof typeof words;

/** A word without an entry here is neutral: it says what something is, not how it is doing. */
const TONES: { [Name in Vocabulary]?: Partial<Record<keyof (typeof words)[Name], Tone>> } = {
  keyword: { mapped: 'success' },
  cluster: { mapped: 'success' },
  idea: { queued: 'info', completed: 'success' },
  task: { queued: 'info', completed: 'success', failed: 'danger' },
  content: { review: 'warning', approved: 'success' },
  delivery: { scheduled: 'info', publishing: 'info', published: 'success', behind: 'warning', failed: 'danger' },
  image: { generated: 'success', failed: 'danger' },
  verdict: { as_sent: 'success', changed: 'warning', dropped: 'danger' },
  unit: { leased: 'info', done: 'success', failed: 'danger' },
  operation: { pending: 'info', success: 'success', error: 'danger' },
  connection: { ok: 'success', failed: 'danger' },
  severity: { info: 'info', success: 'success', warning: 'warning', error: 'danger' },
};

/** Words that mean work in progress. */
const BUSY: ReadonlySet<string> = new Set(['publishing', 'pending', 'leased']);

/** Dot and word of a state, for `StatusDot` and status columns. */
export function statusOf(vocabulary: Vocabulary, word: string): Status {
  const tones: Partial<Record<string, Tone>> = TONES[vocabulary] ?? {};
  const busy = vocabulary !== 'image' && BUSY.has(word);
  return { tone: tones[word] ?? 'neutral', label: wordOf(vocabulary, word), busy };
}

/** How an article stands with its site; one that was changed after it went out is no longer simply published. */
export function deliveryStatus({ delivery, isBehind }: Pick<ContentRow, 'delivery' | 'isBehind'>): Status {
  return statusOf('delivery', isBehind ? 'behind' : delivery);
}

/** A word of a vocabulary as people read it; one that is not known here says itself. */
export function wordOf(vocabulary: Vocabulary, word: string): string {
  const key = `status.${vocabulary}.${word}`;
  return i18next.exists(key) ? String(i18next.t(key as never)) : word;
}
