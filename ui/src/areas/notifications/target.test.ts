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

  it('to its site, or nowhere', () => {
    expect(targetOf(NOTICE)).toEqual({ to: '/sites', search: { site: '2', open: '2' } });
    expect(targetOf({ ...NOTICE, siteId: null })).toBeNull();
  });
});
