import { describe, expect, it } from 'vitest';
import type { Completion, PipelineEstimate, SiteView } from '../../host';
import {
  capSuggested,
  capTrouble,
  isShort,
  placeOf,
  priceOf,
  remainingOf,
  stagesAt,
} from '../../parts/pipeline/pipeline';
import { attentionOf } from './attention';
import { workflowOf } from './workflow';

const NOTHING: Completion = {
  keywords: 0,
  keywordsMapped: 0,
  keywordsLeftOut: 0,
  clusters: 0,
  clustersMapped: 0,
  ideas: 0,
  ideasQueued: 0,
  ideasCompleted: 0,
  tasksQueued: 0,
  tasksFailed: 0,
  contents: 0,
  drafts: 0,
  review: 0,
  approved: 0,
  onTheWay: 0,
  published: 0,
  images: 0,
  imagesGenerated: 0,
  imagesFailed: 0,
  creditsUsed: '0',
};
const RUN: PipelineEstimate = {
  stages: [
    {
      function: 'auto_cluster',
      itemsMin: 40,
      itemsMax: 40,
      creditsMin: '4',
      creditsMax: '6',
      costMin: '0',
      costMax: '0',
    },
    {
      function: 'generate_ideas',
      itemsMin: 4,
      itemsMax: 14,
      creditsMin: '3',
      creditsMax: '12',
      costMin: '0',
      costMax: '0',
    },
  ],
  creditsMin: '7',
  creditsLikely: '11',
  creditsMax: '18',
  costMin: '0',
  costMax: '0',
  isCovered: true,
  available: '100',
  balanceAfterMin: '82',
  balanceAfterMax: '93',
  inTime: '100',
  runCap: '22',
};

describe('the price of a run', () => {
  it('is a span of credits, provider cost and what is left', () => {
    expect(priceOf(RUN)).toEqual({ credits: ['7', '18'], cost: ['0', '0'], balanceAfter: ['82', '93'] });
  });

  it('is short when the first stage cannot be paid, whatever the later ones cost', () => {
    expect(isShort({ ...RUN, inTime: '3' })).toBe(true);
    expect(isShort({ ...RUN, inTime: '5' })).toBe(false);
  });

  it('names a limit above what there is, and one that may end the run early', () => {
    expect([capTrouble('17.5', RUN), capTrouble(' 18 ', RUN), capTrouble('22', RUN)]).toEqual(['low', null, null]);
    expect([capTrouble('100', RUN), capTrouble('100.5', RUN)]).toEqual([null, 'above']);
  });

  it('suggests no limit where the credits do not cover the estimate', () => {
    expect([capSuggested(RUN), capSuggested({ ...RUN, isCovered: false })]).toEqual(['22', '']);
  });
});

describe('the stages', () => {
  it('are done before the one at hand and coming after it', () => {
    const states = (current: string | null) => stagesAt(current).map(({ state }) => state);
    expect(states('queue_ideas')).toEqual(['done', 'done', 'current', 'coming', 'coming', 'coming', 'coming']);
    expect(new Set(states(null))).toEqual(new Set(['coming']));
    expect(new Set(states('done'))).toEqual(new Set(['done']));
  });

  it('are counted from one, also before the first is known', () => {
    expect(placeOf('generate_content')).toEqual({ at: 4, total: 7 });
    expect(placeOf('')).toEqual({ at: 1, total: 7 });
  });
});

describe('what is left for the user', () => {
  it('is review before publishing before drafts', () => {
    const done = { ...NOTHING, drafts: 3, approved: 2, published: 1 };
    expect(remainingOf({ ...done, review: 17 })).toMatchObject({ kind: 'review', count: 17, page: 'review' });
    expect(remainingOf(done)).toMatchObject({ kind: 'approved', count: 2, page: 'review', tab: 'approved' });
    expect(remainingOf({ ...done, onTheWay: 1 })).toMatchObject({ kind: 'approved', count: 1 });
    expect(remainingOf({ ...done, onTheWay: 2 })).toMatchObject({ kind: 'drafts', page: 'drafts' });
    expect(remainingOf({ ...done, drafts: 0, onTheWay: 2 })).toMatchObject({ kind: 'onTheWay', count: 2 });
    expect(remainingOf({ ...done, approved: 0 })).toMatchObject({ kind: 'drafts', page: 'drafts' });
    expect(remainingOf({ ...NOTHING, published: 1 })).toMatchObject({ kind: 'published' });
    expect(remainingOf(NOTHING)).toMatchObject({ kind: 'empty', page: 'keywords' });
  });
});

describe('the workflow', () => {
  const next = (done: Partial<Completion>) =>
    Object.fromEntries(workflowOf({ ...NOTHING, ...done }).map((step) => [step.name, [step.next, step.waiting]]));

  it('asks for keywords first', () => {
    expect(next({})).toMatchObject({ keywords: ['import', 0], clusters: ['none', 0], published: ['none', 0] });
  });

  it('counts no keyword as waiting that fits no cluster', () => {
    const done = { keywords: 40, keywordsMapped: 38, clusters: 6, clustersMapped: 6 };
    expect(next({ ...done, keywordsLeftOut: 1 })).toMatchObject({ keywords: ['cluster', 1] });
    expect(next({ ...done, keywordsLeftOut: 2 })).toMatchObject({ keywords: ['leftOut', 2] });
  });

  it('names what waits at each step', () => {
    const done = { keywords: 40, keywordsMapped: 29, clusters: 6, clustersMapped: 4, ideas: 7, ideasQueued: 1 };
    expect(next({ ...done, ideasCompleted: 4, tasksQueued: 1, images: 21, imagesGenerated: 16 })).toMatchObject({
      keywords: ['cluster', 11],
      clusters: ['findIdeas', 2],
      ideas: ['queue', 2],
      articles: ['write', 1],
      images: ['make', 5],
    });
  });

  it('leads to what is still to go out, and else to what is public', () => {
    const place = (done: Partial<Completion>) => {
      const step = workflowOf({ ...NOTHING, ...done }).find(({ name }) => name === 'published');
      return [step?.page, step?.tab];
    };
    expect(place({ approved: 2, published: 5 })).toEqual(['review', 'approved']);
    expect(place({ approved: 2, onTheWay: 2, published: 5 })).toEqual(['review', 'approved']);
    expect(place({ published: 5 })).toEqual(['published', undefined]);
  });

  it('puts failures before what is merely open', () => {
    const done = { tasksFailed: 2, tasksQueued: 5, images: 3, imagesFailed: 1 };
    expect(next(done)).toMatchObject({ articles: ['writeAgain', 2], images: ['makeAgain', 1] });
  });
});

describe('what needs attention', () => {
  const site = { kind: 'wordpress', connection: 'ok', isSample: false } as SiteView;
  const fine = {
    site,
    workspace: { vault: 'available', booksBalance: true },
    completion: { tasksFailed: 0, imagesFailed: 0 },
    balance: { available: '12.5' },
    parked: 0,
  } as const;
  const kinds = (facts: Parameters<typeof attentionOf>[0]) => attentionOf(facts).map(({ kind }) => kind);

  it('is nothing when all is well, or not known yet', () => {
    expect(kinds(fine)).toEqual([]);
    expect(kinds({ ...fine, completion: undefined, balance: undefined })).toEqual([]);
  });

  it('is what stops work first, then what failed', () => {
    const facts = {
      site: { ...site, connection: 'failed' } as SiteView,
      workspace: { vault: 'locked', booksBalance: false },
      completion: { tasksFailed: 1, imagesFailed: 2 },
      balance: { available: '0' },
      parked: 3,
    } as const;
    expect(kinds(facts)).toEqual([
      'books',
      'noCredits',
      'unreachable',
      'vault',
      'parked',
      'tasksFailed',
      'imagesFailed',
    ]);
  });

  it('leaves the sample alone, and sites without a password where there is no keyring', () => {
    const folder = { ...site, kind: 'folder', connection: 'untested' } as SiteView;
    expect(kinds({ ...fine, site: { ...folder, isSample: true } })).toEqual([]);
    expect(kinds({ ...fine, site: folder, workspace: { ...fine.workspace, vault: 'absent' } })).toEqual(['untested']);
  });
});
