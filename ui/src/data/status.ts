/** The closed vocabularies of the data on screen: each word with its tone and its name, the same on every page. */
import i18next from 'i18next';
import type { ContentRow, ReceiptField } from '../host';
import type { Status } from '../kit/table/types';
import type { Tone } from '../kit/tone';
import type { status as words } from '../messages/en/status';

type Vocabulary = keyof typeof words;

/** A word without an entry here is neutral: it says what something is, not how it is doing. */
const TONES: { [Name in Vocabulary]?: Partial<Record<keyof (typeof words)[Name], Tone>> } = {
  keyword: { mapped: 'success' },
  cluster: { mapped: 'success', grown: 'info' },
  idea: { queued: 'info', failed: 'danger', completed: 'success' },
  task: { queued: 'info', completed: 'success', failed: 'danger' },
  content: { review: 'warning', approved: 'success' },
  delivery: {
    scheduled: 'info',
    unsent: 'info',
    awaiting_proof: 'info',
    missed: 'danger',
    publishing: 'info',
    published: 'success',
    behind: 'warning',
    update_failed: 'warning',
    post_trashed: 'danger',
    post_gone: 'danger',
    post_replaced: 'danger',
    post_elsewhere: 'danger',
    post_namesake: 'danger',
    edited_there: 'warning',
    failed: 'danger',
  },
  calendar: {
    review: 'warning',
    scheduled: 'info',
    awaiting_proof: 'warning',
    publishing: 'info',
    published: 'success',
    failed: 'danger',
    missed: 'danger',
  },
  image: { generated: 'success', failed: 'danger' },
  outbox: { in_hand: 'info', waiting: 'warning', parked: 'danger' },
  verdict: { as_sent: 'success', changed: 'warning', dropped: 'danger' },
  unit: { leased: 'info', done: 'success', failed: 'danger' },
  operation: { pending: 'info', interrupted: 'warning', success: 'success', error: 'danger' },
  connection: { ok: 'success', failed: 'danger' },
  severity: { info: 'info', success: 'success', warning: 'warning', error: 'danger' },
};

/** Words that mean work in progress. */
const BUSY: ReadonlySet<string> = new Set(['publishing', 'pending', 'leased', 'in_hand']);

/** Words that mean work which waits to be gone on with. */
const PAUSED: ReadonlySet<string> = new Set(['interrupted']);

/** Dot and word of a state, for `StatusDot` and status columns. */
export function statusOf(vocabulary: Vocabulary, word: string): Status {
  const tones: Partial<Record<string, Tone>> = TONES[vocabulary] ?? {};
  const busy = vocabulary !== 'image' && BUSY.has(word);
  return {
    tone: tones[word] ?? 'neutral',
    label: wordOf(vocabulary, word),
    busy,
    ...(PAUSED.has(word) ? { paused: true } : {}),
  };
}

/**
 * How an article stands with its site. One that was changed after it went out is no longer simply published, one whose
 * update failed is published all the same, and one whose post is missing says what became of it. Whether a time has come is
 * said where the time is known that it is.
 */
export function deliveryStatus(row: DeliveryOf, now: Date | null = null): Status {
  const { delivery, isBehind, failure, isEditedThere } = row;
  if (isEditedThere) return statusOf('delivery', 'edited_there');
  if (delivery === 'published' && failure !== null) return statusOf('delivery', 'update_failed');
  if (isOff(delivery) && failure?.postIsMissing === true) return statusOf('delivery', failure.code);
  if (delivery === 'scheduled') return statusOf('delivery', plannedWord(row, now));
  return statusOf('delivery', isBehind ? 'behind' : delivery);
}

type DeliveryOf = Pick<
  ContentRow,
  'delivery' | 'isBehind' | 'failure' | 'isEditedThere' | 'scheduledAt' | 'isUnsent' | 'missedAt'
>;

/** An article with a time: missed, due and not read back yet, or still to reach its site. */
function plannedWord({ scheduledAt, missedAt, isUnsent }: DeliveryOf, now: Date | null): string {
  if (missedAt !== null) return 'missed';
  if (scheduledAt !== null && now !== null && new Date(scheduledAt) <= now) return 'awaiting_proof';
  return isUnsent ? 'unsent' : 'scheduled';
}

/** Not on the site, whoever took it off. */
function isOff(delivery: string): boolean {
  return delivery === 'failed' || delivery === 'not_published';
}

/** How a field arrived. What the site cannot take is no fault of the delivery. */
export function receiptStatus({ verdict, note }: Pick<ReceiptField, 'verdict' | 'note'>): Status {
  const status = statusOf('verdict', verdict);
  return note === 'no_field' || note === 'gave_way' ? { ...status, tone: 'neutral' } : status;
}

/** A word of a vocabulary as people read it; one that is not known here says itself. */
export function wordOf(vocabulary: Vocabulary, word: string): string {
  const key = `status.${vocabulary}.${word}`;
  return i18next.exists(key) ? String(i18next.t(key as never)) : word;
}
