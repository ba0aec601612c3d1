import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stubHost } from '../../tests/support/stubHost';
import { followChanges, newCache } from './cache';

const host = stubHost({});
const cache = newCache();
let stop = () => {};

beforeEach(() => {
  stop = followChanges(host, cache);
});

afterEach(() => {
  stop();
  cache.clear();
});

describe('changes of the data', () => {
  it('refetch what is made of the touched topics, and nothing else', async () => {
    const [notices, models] = [watched('notifications'), watched('models')];
    await vi.waitFor(() => expect([notices.fetches, models.fetches]).toEqual([1, 1]));
    host.change({ topics: ['notifications'] });
    await vi.waitFor(() => expect(notices.fetches).toBe(2));
    expect(models.fetches).toBe(1);
  });

  it('refetch everything when changes were lost', async () => {
    const [notices, models] = [watched('notifications'), watched('models')];
    await vi.waitFor(() => expect([notices.fetches, models.fetches]).toEqual([1, 1]));
    host.change({ lagged: true });
    await vi.waitFor(() => expect([notices.fetches, models.fetches]).toEqual([2, 2]));
  });

  it('never start a running fetch over, however often they come, and fetch once more at its end', async () => {
    const notices = watched('notifications', { held: true });
    for (let change = 0; change < 50; change += 1) host.change({ topics: ['notifications'] });
    expect(notices.fetches).toBe(1);
    notices.release();
    await vi.waitFor(() => expect(notices.fetches).toBe(2));
    await vi.waitFor(() => expect(cache.isFetching()).toBe(0));
    expect(notices.fetches).toBe(2);
  });

  it('stop reaching the cache once nobody follows', async () => {
    const notices = watched('notifications');
    await vi.waitFor(() => expect(cache.isFetching()).toBe(0));
    stop();
    host.change({ topics: ['notifications'] });
    await Promise.resolve();
    expect(cache.isFetching()).toBe(0);
    expect(notices.fetches).toBe(1);
  });
});

/** A query on show, which counts how often it is fetched and can be kept waiting. */
function watched(command: string, { held } = { held: false }) {
  const gate = held ? withResolvers() : null;
  const watch = {
    fetches: 0,
    release: () => gate?.resolve(),
  };
  new QueryObserver(cache, {
    queryKey: [command],
    queryFn: async () => {
      watch.fetches += 1;
      await gate?.promise;
      return watch.fetches;
    },
  }).subscribe(() => {});
  return watch;
}

type PromiseWithResolvers = { promise: Promise<void>; resolve: () => void };

function withResolvers(): PromiseWithResolvers {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
