import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { stubHost } from '../../tests/support/stubHost';
import type { Fault, Host, KeywordPage, KeywordRow, ListQuery } from '../host';
import { newCache } from './cache';
import { HostProvider } from './host';
import { listFilter, rowChoice, useList } from './list';

const ALL = listFilter({ site: null, sector: null }, { search: '', filters: {}, sort: null });

describe('a paged command as a list', () => {
  it('loads the first page, then the next by its cursor, until the end', async () => {
    const { result } = listOver(stubHost({ keywords: pagesOf(keywords(450)) }));
    expect(result.current.phase).toBe('loading');
    await waitFor(() => expect(result.current.rows).toHaveLength(200));
    expect(result.current).toMatchObject({ phase: 'ready', total: 450, hasMore: true, refreshing: false });
    act(() => result.current.loadMore());
    await waitFor(() => expect(result.current.rows).toHaveLength(400));
    act(() => result.current.loadMore());
    await waitFor(() => expect(result.current.rows).toHaveLength(450));
    expect(result.current.hasMore).toBe(false);
    expect(new Set(result.current.rows.map(({ id }) => id)).size).toBe(450);
  });

  it('says in words why it failed, and works again after a retry', async () => {
    const full: Fault = { code: 'DiskFull' };
    let isFull = true;
    const answer = pagesOf(keywords(3));
    const keywordsOrFault = (query: ListQuery) => {
      if (isFull) throw full;
      return answer(query);
    };
    const { result } = listOver(stubHost({ keywords: keywordsOrFault }));
    await waitFor(() => expect(result.current.phase).toBe('failed'));
    expect(result.current.problem?.what).toBe('The disk is full. Nothing is half done.');
    isFull = false;
    act(() => result.current.retry());
    await waitFor(() => expect(result.current.phase).toBe('ready'));
    expect(result.current.problem).toBeNull();
  });
});

describe('what a view means to the host', () => {
  it('is the site, the sector, one word of each filter, and the search', () => {
    const site = { id: '7' } as never;
    const sector = { id: '70' } as never;
    const view = { search: 'soil', filters: { status: 'new', clusterId: '3' }, sort: null };
    expect(listFilter({ site, sector }, view)).toEqual({
      ...ALL,
      siteId: '7',
      sectorId: '70',
      clusterId: '3',
      status: ['new'],
      search: 'soil',
    });
  });

  it('keeps "all that match" as a rule', () => {
    expect(rowChoice({ all: true, except: new Set(['4']) }, ALL)).toEqual({
      kind: 'matching',
      filter: ALL,
      except: ['4'],
    });
    expect(rowChoice({ all: false, ids: new Set(['4']) }, ALL)).toEqual({ kind: 'ids', ids: ['4'] });
  });
});

/** Answers pages whose cursor is the place of the next row. */
function pagesOf(rows: KeywordRow[]): (query: ListQuery) => KeywordPage {
  return ({ cursor, limit }) => {
    const start = Number(cursor ?? 0);
    const end = start + limit;
    return { rows: rows.slice(start, end), nextCursor: end < rows.length ? String(end) : null, total: rows.length };
  };
}

function listOver(host: Host) {
  const cache = newCache();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <HostProvider host={host}>
      <QueryClientProvider client={cache}>{children}</QueryClientProvider>
    </HostProvider>
  );
  return renderHook(() => useList('keywords', ALL, null), { wrapper });
}

function keywords(count: number): KeywordRow[] {
  return Array.from({ length: count }, (_, at) => ({
    id: String(at),
    text: `keyword ${at}`,
    sectorId: '1',
    sector: 'Gardening',
    volume: at,
    difficulty: null,
    cpc: null,
    intent: '',
    country: '',
    clusterId: null,
    cluster: null,
    status: 'new',
    isDisabled: false,
    volumeIsImpressions: false,
    isPassedOver: false,
    source: 'test',
    createdAt: '2026-11-01T00:00:00Z',
  }));
}
