/** The prompt library in memory: wordings, previews, and trials that charge and change nothing. */
import type { Commands, Fault, PromptTrialRequest, PromptView } from '../contract';
import type { FakeWording } from './data';
import { exampleOf, PROMPT_KINDS, type PromptKind } from './promptTexts';
import { priceOf, startOperation } from './work';
import { fail, find, live, missing, ok, type World } from './world';

type PromptCommand =
  | 'prompts'
  | 'promptVersions'
  | 'promptSave'
  | 'promptUseVersion'
  | 'promptReset'
  | 'promptPreview'
  | 'promptTry'
  | 'promptTrial'
  | 'contentPrompts';

const CHARS_MAX = 8000;
const RULES = 'Answer with one JSON object of the given schema and nothing else.';

export function promptCommands(world: World): Pick<Commands, PromptCommand> {
  const { data, touch } = world;
  return {
    prompts: async (siteId) =>
      ok({
        prompts: PROMPT_KINDS.map((kind) => viewOf(world, kind, siteId)),
        charsMax: CHARS_MAX,
        builtInVersion: 1,
      }),
    promptVersions: async (kind, siteId) =>
      ok(
        data.wordings
          .filter((wording) => wording.kind === kind && wording.siteId === siteId)
          .map(({ id, version, body, writtenAt, isInUse }) => ({ id, version, body, writtenAt, isInUse }))
          .reverse(),
      ),
    promptSave: async (kind, siteId, body) => {
      const fault = faultOf(kind, body);
      if (fault !== null) return fail(fault);
      const own = data.wordings.filter((wording) => wording.kind === kind && wording.siteId === siteId);
      for (const wording of own) wording.isInUse = false;
      const fresh = { id: world.id(), kind, siteId, version: own.length + 1, body: body.trim(), isInUse: true };
      data.wordings.push({ ...fresh, writtenAt: world.now().toISOString() });
      touch('prompts');
      return ok(fresh.id);
    },
    promptUseVersion: async (id) => {
      const wording = data.wordings.find((each) => each.id === id);
      if (wording === undefined) return missing('prompt');
      for (const each of data.wordings)
        if (each.kind === wording.kind && each.siteId === wording.siteId) each.isInUse = each.id === id;
      touch('prompts');
      return ok(null);
    },
    promptReset: async (kind, siteId) => {
      const wording = inUse(world, kind, siteId);
      if (wording === undefined) return missing('prompt');
      wording.isInUse = false;
      touch('prompts');
      return ok(wording.id);
    },
    contentPrompts: async (id) => {
      const content = find(data.contents, id);
      if (content === undefined) return ok([]);
      return ok(
        ['content', `content_${content.contentStructure}`].map((kind) => ({ kind, origin: 'built_in', version: 1 })),
      );
    },
    ...trialCommands(world),
  };
}

function trialCommands(world: World): Pick<Commands, 'promptPreview' | 'promptTry' | 'promptTrial'> {
  const { data } = world;
  return {
    promptPreview: async (request) => {
      const site = find(data.sites, request.siteId);
      if (site === undefined) return missing('site');
      const fault = faultOf(request.kind, request.body);
      if (fault !== null) return fail(fault);
      const item = itemOf(world, request);
      const priced = item === '' ? null : priceOf(world, operationOf(request), [unitOf(item)]);
      const price = priced?.status === 'ok' ? priced.data : null;
      const values = { ...(data.voices[site.id] ?? { tone: '' }), site_name: site.name, language: site.language };
      return ok({
        instruction: `${rendered(request.body, { ...values, word_count: '1500', images_max: '2' })}\n${RULES}`,
        data: item === '' ? '' : `<data>\n${JSON.stringify({ item }, null, 2)}\n</data>`,
        item,
        model: price?.model ?? 'igny8-text-1',
        price,
        isPaid: false,
      });
    },
    promptTry: (request, key) =>
      world.once(key, async () => {
        const fault = faultOf(request.kind, request.body);
        if (fault !== null) return fail(fault);
        const item = itemOf(world, request);
        if (item === '') return fail({ code: 'NothingToDo' });
        const started = startOperation(world, operationOf(request), 'manual', unitOf(item));
        if (started.status === 'error') return started;
        const { id } = started.data.operation.row;
        const text = JSON.stringify({ item, title: 'An answer to look at' });
        data.trials[id] =
          request.kind.startsWith('image_') && request.kind !== 'image_prompts' ? PICTURE : { text, picture: '' };
        return ok(id);
      }),
    promptTrial: async (id) => {
      const row = data.operations.find((operation) => operation.row.id === id)?.row;
      const answer = data.trials[id];
      if (row === undefined || answer === undefined) return missing('operation');
      const { status, credits, cost, errorCode } = row;
      const [tokensInput, tokensOutput] = status === 'success' ? TOKENS : [0, 0];
      return ok({
        status,
        credits,
        cost,
        tokensInput,
        tokensOutput,
        errorCode,
        ...(status === 'success' ? answer : { text: '', picture: '' }),
      });
    },
  };
}

/** What a trial reads and writes. */
const TOKENS = [640, 180] as const;
const PICTURE = { text: '', picture: 'media:trial' };

function viewOf(world: World, kind: PromptKind, siteId: string | null): PromptView {
  const yours = inUse(world, kind.kind, null);
  const own = siteId === null ? undefined : inUse(world, kind.kind, siteId);
  const wording = own ?? yours;
  return {
    kind: kind.kind,
    function: kind.function,
    origin: own !== undefined ? 'site' : yours !== undefined ? 'yours' : 'built_in',
    body: wording?.body ?? kind.builtIn,
    versionId: wording?.id ?? null,
    version: wording?.version ?? null,
    writtenAt: wording?.writtenAt ?? null,
    builtIn: kind.builtIn,
    inherited: yours?.body ?? kind.builtIn,
    siteCount: world.data.wordings.filter((each) => each.kind === kind.kind && each.siteId !== null && each.isInUse)
      .length,
    variables: kind.variables.map((name) => ({ name, example: exampleOf(name) })),
  };
}

function inUse({ data }: World, kind: string, siteId: string | null): FakeWording | undefined {
  return data.wordings.find((wording) => wording.kind === kind && wording.siteId === siteId && wording.isInUse);
}

/** The same refusals as the real host has, as far as a page can tell. */
function faultOf(kind: string, body: string): Fault | null {
  const known = PROMPT_KINDS.find((each) => each.kind === kind);
  if (known === undefined) return { code: 'InvalidField', detail: { field: 'kind', rule: 'unknown' } };
  const fault = (problem: string, at = 0, note = ''): Fault => {
    const line = at < 0 ? 0 : body.slice(0, at).split('\n').length;
    return { code: 'Prompt', detail: { kind, problem, line: problem === 'empty' ? 0 : line, note } };
  };
  if (body.trim() === '') return fault('empty');
  if (body.length > CHARS_MAX) return fault('too_long', -1);
  if (/<\s*\/?\s*data/i.test(body)) return fault('marker', -1);
  for (const tag of body.matchAll(/\{%-?\s*(\w+)/g))
    if (!['if', 'elif', 'else', 'endif'].includes(tag[1] ?? '')) return fault('forbidden', tag.index, tag[1]);
  for (const name of body.matchAll(/\{\{\s*(\w+)/g))
    if (!known.variables.includes(name[1] ?? '')) return fault('unknown_variable', name.index, name[1]);
  const ifs = body.match(/\{%-?\s*if\b/g)?.length ?? 0;
  const ends = body.match(/\{%-?\s*endif\b/g)?.length ?? 0;
  return ifs === ends ? null : fault('syntax', body.length, 'unexpected end of input');
}

function rendered(body: string, values: Readonly<Record<string, string | null>>): string {
  const conditions = /\{%\s*if (\w+)\s*%\}\n?([\s\S]*?)\{%\s*endif\s*%\}\n?/g;
  return body
    .replace(conditions, (_all, name: string, then: string) => ((values[name] ?? '') === '' ? '' : then))
    .replace(/\{\{\s*(\w+)\s*\}\}/g, (_all, name: string) => values[name] ?? '')
    .trim();
}

/** The item a wording is shown with; empty when the site has none. */
function itemOf({ data }: World, { kind, siteId }: PromptTrialRequest): string {
  const sectors = new Set(data.sectors.filter((sector) => sector.siteId === siteId).map(({ id }) => id));
  const inSite = <Item extends { sectorId: string; removed?: boolean }>(items: readonly Item[]) =>
    live(items).find(({ sectorId }) => sectors.has(sectorId));
  if (kind === 'clustering') return live(data.keywords).find((keyword) => sectors.has(keyword.sectorId))?.text ?? '';
  if (kind === 'ideas') return inSite(data.clusters)?.name ?? '';
  if (kind.startsWith('image_')) return inSite(data.contents)?.title ?? '';
  const structure = kind === 'content' ? null : kind.slice('content_'.length);
  const tasks = data.tasks.filter((task) => structure === null || task.contentStructure === structure);
  return inSite(tasks)?.title ?? '';
}

function operationOf({ kind, siteId }: PromptTrialRequest) {
  const fn = PROMPT_KINDS.find((each) => each.kind === kind)?.function ?? 'auto_cluster';
  return { function: fn, siteId, ids: [] };
}

function unitOf(name: string) {
  return { name, items: 1, save: () => 1 };
}
