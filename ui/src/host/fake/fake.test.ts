import { describe, expect, it, vi } from 'vitest';
import type { ChangedEvent, Commands, KeywordPage, ListFilter, ListQuery, Result, Selection } from '../contract';
import { type FakeHost, fakeHost } from '../fake';
import { emptyData } from './data';
import { interruptedData } from './interrupted';
import { largeData, sampleData } from './seed';
import { pastData, retiredData } from './seedPast';

const NOW = new Date('2026-11-23T12:00:00Z');
const SITE: ListFilter = {
  siteId: '1',
  sectorId: null,
  clusterId: null,
  volumeMin: null,
  volumeMax: null,
  difficultyMin: null,
  difficultyMax: null,
  isDisabled: null,
  search: null,
};

describe('lists', () => {
  it('page by cursor without a gap or a repetition, in the order asked for', async () => {
    const { commands } = atWork();
    const seen: (number | null)[] = [];
    let cursor: string | null = null;
    do {
      const page: KeywordPage = await answer(commands.keywords({ ...ask(SITE, 'volume'), cursor, limit: 7 }));
      seen.push(...page.rows.map(({ volume }) => volume));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const known = seen.filter((volume) => volume !== null);
    expect(known).toEqual([...known].sort((a, b) => b - a));
    expect(seen.indexOf(null)).toBe(known.length);
    expect(seen).toHaveLength((await answer(commands.keywords(ask(SITE)))).total);
  });

  it('narrow by search, sector, status and cluster together', async () => {
    const { commands } = atWork();
    const filter = { ...SITE, sectorId: '11', status: ['mapped'], search: 'APPLE' };
    const { rows, total } = await answer(commands.keywords(ask(filter)));
    expect(total).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.every((row) => row.sector === 'Gardening' && row.cluster !== null && /apple/.test(row.text))).toBe(
      true,
    );
  });

  it('refuse a filter that they do not know', async () => {
    const refused = await atWork().commands.clusters(ask({ ...SITE, intent: ['commercial'] }));
    expect(refused).toEqual({
      status: 'error',
      error: { code: 'InvalidField', detail: { field: 'intent', rule: 'unknown' } },
    });
  });

  it('count each facet under the other filters and not under itself', async () => {
    const { commands } = atWork();
    const facets = await answer(commands.facets('keywords', { ...SITE, sectorId: '11', status: ['new'] }));
    const counts = (field: string) => facets.find((facet) => facet.field === field)?.values ?? [];
    expect(counts('status').map(({ value }) => value)).toEqual(['mapped', 'new']);
    expect(counts('sectorId').map(({ label }) => label)).toEqual(['Gardening', 'Soil']);
    expect(counts('clusterId')).toEqual([]);
  });

  it('answer a hundred thousand rows', async () => {
    const host = fakeHost(largeData(NOW), { now: () => NOW });
    expect((await answer(host.commands.keywords(ask(SITE)))).total).toBeGreaterThan(100_000);
  });
});

describe('changes', () => {
  it('remove all that match but a few, tell so, and put them back', async () => {
    const host = atWork();
    const changes: ChangedEvent[] = [];
    host.onChanged((change) => changes.push(change));
    const before = await answer(host.commands.keywords(ask(SITE)));
    const kept = before.rows[0]?.id ?? '';
    const { ids } = await answer(host.commands.keywordsRemove({ kind: 'matching', filter: SITE, except: [kept] }));
    expect(ids).toHaveLength(before.total - 1);
    expect((await answer(host.commands.keywords(ask(SITE)))).rows.map(({ id }) => id)).toEqual([kept]);
    await vi.waitFor(() => expect(changes.flatMap(({ topics }) => topics)).toContain('keywords'));
    await answer(host.commands.keywordsRestore(ids));
    expect(await answer(host.commands.keywords(ask(SITE)))).toEqual(before);
  });

  it('give a site back with all that is in it', async () => {
    const { commands } = atWork();
    const before = await answer(commands.sites());
    await answer(commands.siteRemove('1'));
    expect(await answer(commands.sites())).toHaveLength(1);
    expect((await answer(commands.keywords(ask(SITE)))).total).toBe(0);
    await answer(commands.siteRestore('1'));
    expect(await answer(commands.sites())).toEqual(before);
  });
});

describe('work', () => {
  it('charges what it estimated, reports as it goes, and leaves its records', async () => {
    const host = atWork();
    const request = { function: 'auto_cluster', siteId: '1', ids: [], regenerate: false } as const;
    const { credits, balanceAfter } = await answer(host.commands.estimate({ ...request, ids: [] }));
    const reports: string[] = [];
    host.onProgress(({ phase }) => reports.push(phase));
    const id = await answer(host.commands.operationStart({ ...request, ids: [] }, 'key-1'));
    const { row, units } = await ended(host, id);
    expect(row).toMatchObject({ status: 'success', phase: 'DONE', credits });
    expect(units.reduce((sum, unit) => sum + Number(unit.credits), 0)).toBe(Number(credits));
    expect((await answer(host.commands.balance())).available).toBe(balanceAfter);
    expect(new Set(reports)).toEqual(new Set(['PREP', 'AI_CALL', 'PARSE', 'SAVE']));
    const notices = await answer(host.commands.notifications(ask({ ...SITE, siteId: null })));
    expect(notices.rows[0]).toMatchObject({ notificationType: 'ai_cluster_success', operationId: id });
  });

  it('stops after the item at hand', async () => {
    const host = atWork();
    const id = await answer(
      host.commands.operationStart({ function: 'generate_images', siteId: '1', ids: [] }, 'key-2'),
    );
    await answer(host.commands.operationCancel(id));
    const { row } = await ended(host, id);
    expect(row).toMatchObject({ isCancelled: true, unitsDone: 1 });
  });

  it('refuses what cannot be paid, and leaves no operation', async () => {
    const host = atWork();
    host.data.held = 2000;
    const before = host.data.operations.length;
    const refused = await host.commands.operationStart({ function: 'auto_cluster', siteId: '1', ids: [] }, 'key-3');
    expect(refused).toMatchObject({ status: 'error', error: { code: 'InsufficientCredits' } });
    expect(host.data.operations).toHaveLength(before);
  });

  it('takes the sample all the way, until nothing waits', async () => {
    const host = fakeHost(emptyData(NOW), { now: () => NOW });
    const siteId = await answer(host.commands.sampleCreate());
    await answer(host.commands.pipelineStart(siteId, null, 'key-7'));
    await vi.waitFor(async () => expect((await answer(host.commands.pipeline(siteId))).standing).toBe('idle'), 8000);
    const done = await answer(host.commands.completion(siteId, 'all'));
    expect(done.keywordsMapped).toBe(done.keywords);
    expect(done).toMatchObject({ drafts: 0, review: done.ideas, tasksQueued: 0, imagesGenerated: done.images });
    const { available, used } = await answer(host.commands.balance());
    expect(Number(available) + Number(used)).toBe(1000);
    const again = await host.commands.estimate({ function: 'auto_cluster', siteId, ids: [] });
    expect(again).toMatchObject({ status: 'error', error: { code: 'NothingToDo' } });
  }, 10_000);
});

describe('the books', () => {
  it('say the same of usage, the ledger, and every article', async () => {
    const host = fakeHost(pastData(NOW), { now: () => NOW });
    const { commands } = host;
    const summary = await answer(commands.usageSummary({ siteId: null, period: 'all' }));
    const { used, available, held, granted, lapsed } = await answer(commands.balance());
    expect(Number(summary.totals.credits)).toBeCloseTo(Number(used), 6);
    expect(Number(available) + Number(held)).toBeCloseTo(Number(granted) - Number(used) - Number(lapsed), 6);
    for (const slices of [summary.byOperation, summary.byModel, summary.bySite]) {
      expect(slices.reduce((sum, { figures }) => sum + Number(figures.credits), 0)).toBeCloseTo(Number(used), 6);
    }
    const days = summary.series.reduce((sum, { figures }) => sum + Number(figures.credits), 0);
    expect(days).toBeCloseTo(Number(used), 6);
    const { rows } = await answer(commands.usageArticles(ask({ ...SITE, siteId: null }, 'credits')));
    const [dearest] = rows;
    const cost = await answer(commands.contentCost(dearest?.id ?? ''));
    expect(cost.figures.credits).toBe(dearest?.credits);
    expect(cost.parts.reduce((sum, { figures }) => sum + Number(figures.credits), 0)).toBe(Number(dearest?.credits));
    expect((await answer(commands.content(dearest?.id ?? ''))).credits).toBe(dearest?.credits);
    expect(summary.anomalies.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['article', 'day']));
  });

  it('refuse what a limit or the stop does not allow, and say which', async () => {
    const { commands, data } = atWork();
    const request = { function: 'auto_cluster', siteId: '1', ids: [] } as const;
    await answer(commands.spendingLimitSet('site', '1', '70'));
    expect(await commands.operationStart({ ...request, ids: [] }, 'key-4')).toMatchObject({
      error: { code: 'CapReached', detail: { scope: 'site', needed: '2', left: '1' } },
    });
    await answer(commands.spendingLimitSet('site', '1', null));
    await answer(commands.spendingStop());
    expect(await commands.operationStart({ ...request, ids: [] }, 'key-5')).toMatchObject({
      error: { code: 'SpendingStopped' },
    });
    expect(data.operations.every(({ row }) => row.status !== 'pending')).toBe(true);
    await answer(commands.spendingResume());
    expect((await commands.operationStart({ ...request, ids: [] }, 'key-6')).status).toBe('ok');
  });

  it('go on with a run that was interrupted, and with the stages that follow', async () => {
    const host = fakeHost(interruptedData(NOW), { now: () => NOW });
    const { commands, data } = host;
    const left = await answer(commands.pipeline('1'));
    expect(left).toMatchObject({ standing: 'interrupted', stage: 'generate_content', held: '6' });
    const before = data.operations.length;
    await answer(commands.pipelineResume('1'));
    await vi.waitFor(async () => expect((await answer(commands.pipeline('1'))).standing).toBe('idle'), 8000);
    expect(data.operations.find(({ row }) => row.id === left.operationId)?.row.status).toBe('success');
    expect(data.operations.length).toBeGreaterThan(before);
    expect((await answer(commands.pipeline('1'))).held).toBe('0');
    expect((await commands.pipelineResume('1')).status).toBe('error');
  });

  it('forecast at least what waits now, and end a run at its limit', async () => {
    const host = atWork();
    const { commands } = host;
    const { stages, creditsMin, creditsMax, runCap } = await answer(commands.pipelineEstimate('1'));
    const now = await answer(commands.estimate({ function: 'auto_cluster', siteId: '1', ids: [] }));
    expect(stages[0]).toMatchObject({ function: 'auto_cluster', creditsMin: now.credits });
    expect(Number(creditsMin)).toBeLessThan(Number(creditsMax));
    expect(Number(runCap)).toBeGreaterThan(Number(creditsMax));
    await answer(commands.pipelineStart('1', '3', 'key-8'));
    await vi.waitFor(async () => expect((await answer(commands.pipeline('1'))).standing).toBe('idle'), 4000);
    expect((await answer(commands.pipeline('1'))).stoppedCode).toBe('cap_run');
  });

  it('begin no run whose model has ended, and name its successor', async () => {
    const { commands } = fakeHost(retiredData());
    const detail = { model: 'GPT-5', successor: 'gpt-6.1-terra' };
    for (const refused of [await commands.pipelineEstimate('1'), await commands.pipelineStart('1', null, 'key-9')])
      expect(refused).toMatchObject({ status: 'error', error: { code: 'ModelEnded', detail } });
    expect((await answer(commands.pipeline('1'))).standing).toBe('idle');
  });
});

describe('publishing', () => {
  it('ends with a receipt, or with the reason', async () => {
    const host = atWork();
    const filter = { ...SITE, status: ['approved'], delivery: ['not_published'] };
    const { ids } = await answer(publish(host, { kind: 'matching', filter, except: [] }, 'key-9'));
    expect(ids).toHaveLength(1);
    const view = () => answer(host.commands.content(ids[0] ?? ''));
    await vi.waitFor(async () => expect((await view()).row.delivery).toBe('published'));
    expect((await view()).receipt?.fields.map(({ field }) => field)).toContain('alt');
  });

  it('says what an edit changed, and leaves the text in its version', async () => {
    const { commands } = atWork();
    const { rows } = await answer(commands.contents(ask(SITE)));
    const id = rows[0]?.id ?? '';
    const before = await answer(commands.content(id));
    const { slug, excerpt, metaTitle, metaDescription, tags, categories } = before;
    const same = { title: before.row.title, slug, excerpt, metaTitle, metaDescription, tags, categories };
    expect(await answer(commands.contentUpdate(id, same))).toEqual({ fields: [], alts: 0 });
    expect((await answer(commands.contentUpdate(id, { ...same, title: 'Another', tags: ['a'] }))).fields).toEqual([
      'title',
      'tags',
    ]);
    expect((await answer(commands.content(id))).version).toBe(before.version);
  });

  it('makes no second post without a word, and keeps what is live when an update fails', async () => {
    const host = atWork();
    const { rows } = await answer(host.commands.contents(ask({ ...SITE, delivery: ['published'] })));
    const content = host.data.contents.find(({ id }) => id === rows[0]?.id);
    if (content === undefined) throw new Error('one is published');
    const failed = { code: 'post_trashed', host: 'garden.example', note: '', postIsMissing: true };
    Object.assign(content, { delivery: 'failed', failure: failed, receipt: null });
    const one: Selection = { kind: 'ids', ids: [content.id] };
    await answer(publish(host, one, 'key-10'));
    await vi.waitFor(() => expect(content.delivery).toBe('failed'));
    expect(content.failure?.code).toBe('post_trashed');
    await answer(publish(host, one, 'key-11', true));
    await vi.waitFor(() => expect(content.delivery).toBe('published'));
    const site = host.data.sites.find(({ id }) => id === SITE.siteId);
    Object.assign(site ?? {}, { connection: 'failed', connectionCode: 'auth' });
    content.updatedAt = new Date(NOW.getTime() + 1).toISOString();
    await answer(publish(host, one, 'key-12'));
    await vi.waitFor(() => expect(content.failure?.code).toBe('auth'));
    expect(content.delivery).toBe('published');
  });

  it('an idea whose task failed says so', async () => {
    const host = atWork();
    const [task] = host.data.tasks.filter(({ status }) => status === 'queued');
    Object.assign(task ?? {}, { status: 'failed', errorCode: 'quota' });
    const found = await answer(host.commands.ideas(ask({ ...SITE, status: ['failed'] })));
    expect(found.rows).toMatchObject([{ taskId: task?.id, errorCode: 'quota', status: 'failed' }]);
  });
});

function publish(host: FakeHost, selection: Selection, key: string, anew = false) {
  return host.commands.contentsPublish(selection, anew, key);
}

function atWork(): FakeHost {
  return fakeHost(sampleData(NOW), { now: () => NOW });
}

function ask(filter: ListFilter, column?: string): ListQuery {
  return { filter, sort: column === undefined ? null : { column, descending: true }, cursor: null, limit: 500 };
}

async function answer<T>(result: Promise<Result<T>>): Promise<T> {
  const settled = await result;
  if (settled.status === 'error') throw new Error(JSON.stringify(settled.error));
  return settled.data;
}

async function ended(host: FakeHost, id: string) {
  const view = (commands: Commands) => answer(commands.operation(id));
  await vi.waitFor(async () => expect((await view(host.commands)).row.endedAt).not.toBeNull(), 4000);
  return view(host.commands);
}
