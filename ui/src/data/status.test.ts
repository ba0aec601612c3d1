import { describe, expect, it } from 'vitest';
import { deliveryStatus, statusOf, wordOf } from './status';

const PLAIN = {
  delivery: 'not_published',
  isBehind: false,
  failure: null,
  isEditedThere: false,
  scheduledAt: null,
  isUnsent: false,
  missedAt: null,
};

describe('statuses', () => {
  it('give each state its tone and its word', () => {
    expect(statusOf('delivery', 'published')).toEqual({ tone: 'success', label: 'Published', busy: false });
    expect(standing('published', true)).toMatchObject({ tone: 'warning', label: 'Changes not on the site' });
    expect(standing('published', false)).toEqual(statusOf('delivery', 'published'));
    expect(standing('published', true, 'auth')).toMatchObject({ tone: 'warning', label: 'Published, update failed' });
    expect(standing('failed', false, 'auth').label).toBe('Failed');
    expect(standing('failed', false, 'post_trashed').label).toBe('In the site’s trash');
    expect(standing('failed', false, 'post_gone')).toMatchObject({ tone: 'danger', label: 'Deleted on the site' });
    expect(standing('not_published', false, 'post_trashed').label).toBe('In the site’s trash');
    const edited = deliveryStatus({ ...PLAIN, delivery: 'published', isBehind: true, isEditedThere: true });
    expect(edited).toMatchObject({ tone: 'warning', label: 'Changed on the site' });
    expect(statusOf('delivery', 'publishing')).toEqual({ tone: 'info', label: 'Publishing', busy: true });
    expect(statusOf('image', 'pending')).toEqual({ tone: 'neutral', label: 'Waiting', busy: false });
  });

  it('tell a time to come from one that waits for its site, for its proof, or was missed', () => {
    const now = new Date('2026-12-01T09:00:00Z');
    const planned = { ...PLAIN, delivery: 'scheduled', scheduledAt: '2026-12-01T10:00:00Z' };
    const due = { ...planned, scheduledAt: '2026-12-01T09:00:00Z' };
    expect(deliveryStatus(planned, now)).toEqual(statusOf('delivery', 'scheduled'));
    expect(deliveryStatus({ ...planned, isUnsent: true }, now).label).toBe('Scheduled, not yet on the site');
    expect(deliveryStatus(due, now).label).toBe('Awaiting proof');
    expect(deliveryStatus({ ...due, missedAt: '2026-12-01T09:01:00Z' }, now)).toMatchObject({ tone: 'danger' });
  });

  it('keep a word of a newer host readable', () => {
    expect(statusOf('idea', 'shelved')).toEqual({ tone: 'neutral', label: 'shelved', busy: false });
    expect(wordOf('structure', 'cluster_hub')).toBe('Hub of a cluster');
  });
});

function standing(delivery: string, isBehind: boolean, code = '') {
  const failure = { code, host: 'garden.example', note: '', postIsMissing: code.startsWith('post_') };
  return deliveryStatus({ ...PLAIN, delivery, isBehind, failure: code === '' ? null : failure });
}
