import { describe, expect, it } from 'vitest';
import { deliveryStatus, statusOf, wordOf } from './status';

describe('statuses', () => {
  it('give each state its tone and its word', () => {
    expect(statusOf('delivery', 'published')).toEqual({ tone: 'success', label: 'Published', busy: false });
    expect(deliveryStatus({ delivery: 'published', isBehind: true }).tone).toBe('warning');
    expect(deliveryStatus({ delivery: 'published', isBehind: false })).toEqual(statusOf('delivery', 'published'));
    expect(statusOf('delivery', 'publishing')).toEqual({ tone: 'info', label: 'Publishing', busy: true });
    expect(statusOf('image', 'pending')).toEqual({ tone: 'neutral', label: 'Waiting', busy: false });
  });

  it('keep a word of a newer host readable', () => {
    expect(statusOf('idea', 'shelved')).toEqual({ tone: 'neutral', label: 'shelved', busy: false });
    expect(wordOf('structure', 'cluster_hub')).toBe('Hub of a cluster');
  });
});
