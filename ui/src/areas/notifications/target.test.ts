import { describe, expect, it } from 'vitest';
import { targetOf } from './target';

const NOTICE = { notificationType: 'x', operationId: null, relatedType: '', relatedId: null, siteId: '2' };

describe('a notice leads', () => {
  it('to the work that ended', () => {
    expect(targetOf({ ...NOTICE, operationId: '7' })).toEqual({ to: '/operations', search: { site: '2', open: '7' } });
  });

  it('to the article that went out or did not', () => {
    const target = targetOf({ ...NOTICE, relatedType: 'content', relatedId: '9' });
    expect(target).toEqual({ to: '/articles/$id', params: { id: '9' }, search: { site: '2' } });
  });

  it('to the keywords that came in', () => {
    expect(targetOf({ ...NOTICE, notificationType: 'keywords_imported' })?.to).toBe('/keywords');
  });

  it('to the articles that went a step', () => {
    expect(targetOf({ ...NOTICE, notificationType: 'content_ready_review' })?.to).toBe('/review');
    const approved = targetOf({ ...NOTICE, notificationType: 'content_approved' });
    expect(approved).toEqual({ to: '/review', search: { site: '2', tab: 'approved' } });
  });

  it('to the providers', () => {
    const target = targetOf({ ...NOTICE, siteId: null, notificationType: 'provider_key_invalid' });
    expect(target).toEqual({ to: '/models', search: { tab: 'providers' } });
  });

  it('to the run it is about, and to the calendar for what was missed', () => {
    const params = [{ name: 'run', value: 'r1' }];
    const run = targetOf({ ...NOTICE, notificationType: 'automation_failed', relatedType: 'run', params });
    expect(run).toEqual({ to: '/automation/runs/$id', params: { id: 'r1' }, search: { site: '2' } });
    const missed = targetOf({ ...NOTICE, notificationType: 'publish_missed', relatedType: 'content', relatedId: '9' });
    expect(missed?.to).toBe('/calendar');
  });

  it('to its site, or nowhere', () => {
    expect(targetOf(NOTICE)).toEqual({ to: '/sites', search: { site: '2', open: '2' } });
    expect(targetOf({ ...NOTICE, siteId: null })).toBeNull();
  });
});
