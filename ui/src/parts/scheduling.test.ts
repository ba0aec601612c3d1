import { expect, it } from 'vitest';
import { NO_FILTER } from '../data/list';
import type { Commands, ContentRow, ListQuery } from '../host';
import { schedulable } from './scheduling';

/** A host whose list has more than one page; it keeps what it is asked. */
function paged(): { commands: Commands; asked: ListQuery[] } {
  const asked: ListQuery[] = [];
  const contents = async (query: ListQuery) => {
    asked.push(query);
    const pages = { first: [{ id: '3' }, { id: '1' }], second: [{ id: '2' }] };
    const isFirst = query.cursor === null;
    const data = { rows: isFirst ? pages.first : pages.second, nextCursor: isFirst ? 'second' : null, total: 3 };
    return { status: 'ok', data };
  };
  return { commands: { contents } as unknown as Commands, asked };
}

const sort = { column: 'title', descending: false };
const row = (id: string, delivery: string) => ({ id, status: 'approved', delivery, isImported: false }) as ContentRow;

it('gives all that match a time, also what no page has shown yet, in the order of the list', async () => {
  const { commands, asked } = paged();
  const all = { all: true, except: new Set(['1']) } as const;
  const filter = { ...NO_FILTER, siteId: '1' };
  const ids = await schedulable(commands, all, { filter, sort, loaded: [row('3', 'not_published')] });
  expect(ids).toEqual(['3', '2']);
  expect(asked.map((query) => query.sort)).toEqual([sort, sort]);
  expect(asked[0]?.filter).toMatchObject({ status: ['approved'], delivery: ['not_published', 'scheduled', 'failed'] });
});

it('asks for nothing where the filter leaves nothing that can have a time', async () => {
  const { commands, asked } = paged();
  const filter = { ...NO_FILTER, siteId: '1', delivery: ['published'] };
  expect(await schedulable(commands, { all: true, except: new Set() }, { filter, sort, loaded: [] })).toEqual([]);
  expect(asked).toEqual([]);
});

it('leaves out what is public of those that were chosen one by one', async () => {
  const { commands, asked } = paged();
  const loaded = [row('1', 'published'), row('2', 'failed'), row('3', 'scheduled')];
  const chosen = { all: false, ids: new Set(['1', '2']) } as const;
  expect(await schedulable(commands, chosen, { filter: NO_FILTER, sort, loaded })).toEqual(['2']);
  expect(asked).toEqual([]);
});
