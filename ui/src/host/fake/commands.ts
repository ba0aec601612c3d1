/** The commands, answered from memory. */
import type { Commands, Fault, Result } from '../contract';
import type { FakeData } from './data';

export function fakeCommands(data: FakeData): Commands {
  return {
    sites: async () => ok(data.sites),
    balance: async () => ok(data.balance),
    completion: async (siteId) => found(data.completion[siteId], 'site'),
    unreadCount: async () => ok(data.unread),
  };
}

function ok<T>(data: T): Result<T> {
  return { status: 'ok', data };
}

function found<T>(data: T | undefined, what: string): Result<T> {
  const missing: Fault = { code: 'NotFound', detail: { what } };
  return data === undefined ? { status: 'error', error: missing } : ok(data);
}
