/** Vendors, the catalogue of models and which of them does what, in memory. */
import type {
  AiFunctionView,
  Commands,
  EndingView,
  Fault,
  ModelDraft,
  ModelModeView,
  ModelState,
  ModelView,
  ProviderDraft,
  ProviderView,
  Result,
  RoleView,
  TierView,
} from '../contract';
import { priceOf, startOperation } from './work';
import { fail, find, live, missing, ok, type World } from './world';

type CatalogueCommand =
  | 'providers'
  | 'providerConnect'
  | 'providerTest'
  | 'providerRemove'
  | 'models'
  | 'modelKnown'
  | 'modelAdd'
  | 'modelDefault'
  | 'modelRoles'
  | 'modelRoleSet'
  | 'modelModeSet'
  | 'modelsEnding'
  | 'modelSwitch'
  | 'modelTrialPrice'
  | 'modelTry';

const FUNCTIONS: readonly AiFunctionView[] = [
  'auto_cluster',
  'generate_ideas',
  'generate_content',
  'generate_image_prompts',
  'generate_images',
];
const MODES: readonly ModelModeView[] = ['testing', 'live'];
const TAIL_CHARS = 4;
const PER_MINUTE_MAX = 100_000;

export function catalogueCommands(world: World): Pick<Commands, CatalogueCommand> {
  return { ...vendorCommands(world), ...modelCommands(world), ...roleCommands(world), ...trialCommands(world) };
}

function vendorCommands(
  world: World,
): Pick<Commands, 'providers' | 'providerConnect' | 'providerTest' | 'providerRemove'> {
  const { data, touch } = world;
  return {
    providers: async () => ok([...data.providers].sort((one, other) => one.name.localeCompare(other.name))),
    providerConnect: async (draft) => {
      const refused = refusedDraft(draft, data.providers);
      if (refused !== null) return refused;
      const { url, dialect, key, perMinute } = draft;
      const name = draft.name.trim();
      const kept = keptKey(draft, data.providers);
      const hasKey = key !== null || kept !== undefined;
      const keyTail = key?.slice(-TAIL_CHARS) ?? kept?.keyTail ?? '';
      data.providers = data.providers.filter((other) => other.name !== name);
      data.providers.push({ name, url, dialect: dialect ?? 'openai', hasKey, keyTail, concurrency: 4, perMinute });
      touch('models');
      if (!hasKey) return ok('none');
      return ok(data.vault === 'absent' ? 'memory' : 'keyring');
    },
    providerTest: async (name) => {
      const row = data.providers.find((provider) => provider.name === name);
      if (row === undefined) return missing('vendor');
      const models = data.models.filter(({ provider, isActive }) => provider === name && isActive).length;
      return ok(row.hasKey ? { verdict: 'right', models } : { verdict: 'wrong_key', models: null });
    },
    providerRemove: async (name) => {
      if (!data.providers.some((row) => row.name === name)) return missing('vendor');
      data.providers = data.providers.filter((row) => row.name !== name);
      const theirs = data.models.filter((model) => model.provider === name).map(({ id }) => id);
      data.modelRoles = data.modelRoles.filter(({ modelId }) => !theirs.includes(modelId));
      for (const model of data.models) if (theirs.includes(model.id)) model.isDefault = false;
      for (const builtin of data.models.filter(({ provider }) => provider === 'builtin'))
        builtin.isDefault = !data.models.some((m) => m.modelType === builtin.modelType && m !== builtin && m.isDefault);
      touch('models');
      return ok(null);
    },
  };
}

function modelCommands(world: World): Pick<Commands, 'models' | 'modelKnown' | 'modelAdd' | 'modelDefault'> {
  const { data, touch } = world;
  return {
    models: async () => ok(all(world)),
    modelKnown: async (provider, name) => ok(named(world, provider, name) ?? null),
    modelAdd: async (draft) => {
      const before = named(world, draft.provider, draft.modelName);
      if (!isTaken(world, draft, before !== undefined)) return missing('vendor');
      if (draft.modelName.trim() === '') return invalid('modelName', 'required');
      if (draft.modelType === 'text' && draft.costPer1kInput === null) return invalid('costPer1kInput', 'required');
      const refused = refusedPicture(draft, before);
      if (refused !== null) return refused;
      const old = data.models.find(({ id }) => id === before?.id);
      const fresh = rowOf(world, draft, old?.isDefault ?? false);
      for (const role of data.modelRoles) if (role.modelId === old?.id) role.modelId = fresh.id;
      if (old !== undefined) Object.assign(old, { isActive: false, isDefault: false });
      data.models.push(fresh);
      touch('models');
      return ok(fresh.id);
    },
    modelDefault: async (id) => {
      const refused = refusalOf(world, id);
      if (refused !== null) return refused;
      const model = data.models.find((row) => row.id === id);
      for (const row of data.models) if (row.modelType === model?.modelType) row.isDefault = row === model;
      data.modelRoles = data.modelRoles.filter(
        (role) => role.mode === 'testing' || typeOf(role.function) !== model?.modelType,
      );
      touch('models');
      return ok(null);
    },
  };
}

function roleCommands(
  world: World,
): Pick<Commands, 'modelRoles' | 'modelRoleSet' | 'modelModeSet' | 'modelsEnding' | 'modelSwitch'> {
  const { data, touch } = world;
  return {
    modelRoles: async () => ok({ mode: data.modelMode, roles: roles(world) }),
    modelRoleSet: async (mode, fn, id) => {
      const refused = id === null ? null : refusalOf(world, id);
      if (refused !== null) return refused;
      data.modelRoles = data.modelRoles.filter((role) => role.mode !== mode || role.function !== fn);
      if (id !== null) data.modelRoles.push({ mode, function: fn, modelId: id });
      touch('models');
      return ok(null);
    },
    modelModeSet: async (mode) => {
      data.modelMode = mode;
      touch('settings');
      return ok(null);
    },
    modelsEnding: async () => ok(endings(world)),
    modelSwitch: async (from, to) => {
      const refused = refusalOf(world, to);
      if (refused !== null) return refused;
      let places = 0;
      for (const role of data.modelRoles)
        if (role.modelId === from) {
          role.modelId = to;
          places += 1;
        }
      const [old, fresh] = [from, to].map((id) => data.models.find((row) => row.id === id));
      if (old?.isDefault && fresh !== undefined) {
        old.isDefault = false;
        fresh.isDefault = true;
        places += 1;
      }
      touch('models');
      return ok(places);
    },
  };
}

function trialCommands(world: World): Pick<Commands, 'modelTrialPrice' | 'modelTry'> {
  const { data } = world;
  const unit = (siteId: string) => {
    const sectors = new Set(data.sectors.filter((sector) => sector.siteId === siteId).map(({ id }) => id));
    return live(data.keywords).find(({ sectorId }) => sectors.has(sectorId))?.text ?? '';
  };
  const request = (siteId: string, modelId: string) => {
    const isImage = data.models.find(({ id }) => id === modelId)?.modelType === 'image';
    return { function: isImage ? 'generate_images' : 'auto_cluster', siteId, ids: [] } as const;
  };
  return {
    modelTrialPrice: async (siteId, modelId) => {
      if (find(data.sites, siteId) === undefined) return missing('site');
      const item = unit(siteId);
      const one = { name: item, items: 1, save: () => 1 };
      const priced = item === '' ? null : priceOf(world, { ...request(siteId, modelId), ids: [] }, [one]);
      const price = priced?.status === 'ok' ? priced.data : null;
      return ok({ instruction: '', data: '', item, model: price?.model ?? '', price, isPaid: false });
    },
    modelTry: (siteId, modelId, key) =>
      world.once(key, async () => {
        const name = unit(siteId);
        if (name === '') return fail({ code: 'NothingToDo' });
        const one = { name, items: 1, save: () => 1 };
        const started = startOperation(world, { ...request(siteId, modelId), ids: [] }, 'manual', one);
        if (started.status === 'error') return started;
        const { id } = started.data.operation.row;
        data.trials[id] = { text: JSON.stringify({ clusters: [{ name, keywords: [name] }] }), picture: '' };
        return ok(id);
      }),
  };
}

/** Every row as it stands now. */
function all({ data, now }: World): ModelView[] {
  const connected = new Set(['builtin', ...data.providers.map(({ name }) => name)]);
  const today = now().toISOString().slice(0, 10);
  const stateOf = (model: ModelView): ModelState => {
    if (model.retiresOn !== null && model.retiresOn <= today) return 'ended';
    const isPriced = model.modelType === 'text' ? model.costPer1kInput !== null : model.creditsPerImage !== null;
    if (!isPriced) return 'unpriced';
    if (!model.isActive) return 'off';
    return connected.has(model.provider) ? 'ready' : 'no_key';
  };
  return data.models.map((model) => ({ ...model, state: stateOf(model) }));
}

function named(world: World, provider: string, name: string): ModelView | undefined {
  const rows = all(world).filter((row) => row.provider === provider && row.modelName === name.trim());
  return rows.find(({ isActive }) => isActive) ?? rows.at(-1);
}

function roles(world: World): RoleView[] {
  const { data } = world;
  const rows = all(world);
  return MODES.flatMap((mode) =>
    FUNCTIONS.map((fn) => {
      const own = data.modelRoles.find((role) => role.mode === mode && role.function === fn);
      const ofKind = rows.filter(({ modelType }) => modelType === typeOf(fn));
      const fallback = ofKind.find((row) => (mode === 'live' ? row.isDefault : row.provider === 'builtin'));
      const model = own === undefined ? fallback : rows.find(({ id }) => id === own.modelId);
      return { mode, function: fn, isOwn: own !== undefined, model: model ?? null };
    }),
  );
}

/** Refuses work of these functions where the model of one of them has ended, as the host does before the first call. */
export function endedAmong(world: World, functions: readonly AiFunctionView[]): ReturnType<typeof fail> | null {
  const asked = roles(world).filter(
    ({ mode, function: fn }) => mode === world.data.modelMode && functions.includes(fn),
  );
  const ended = asked.find(({ model }) => model?.state === 'ended');
  return ended?.model == null ? null : refusalOf(world, ended.model.id);
}

function endings(world: World): EndingView[] {
  const isToTell = ({ id, endsSoon, state }: ModelView) =>
    endsSoon || state === 'ended' || world.data.unknownModels.includes(id);
  const used = roles(world).filter(({ model }) => model !== null && isToTell(model));
  const models = new Map(used.flatMap(({ model }) => (model === null ? [] : [[model.id, model]])));
  return [...models.values()].map((model) => ({
    model,
    isUnknown: world.data.unknownModels.includes(model.id),
    successor: named(world, model.provider, model.replacedBy ?? '') ?? null,
    uses: used.filter((role) => role.model?.id === model.id).map(({ mode, function: fn }) => ({ mode, function: fn })),
    sites: world.data.sites.filter((site) => site.removed !== true).map(({ name }) => name),
    automations: [],
    prompts: [],
    openOperations: 0,
  }));
}

/** Whether a model may be entered: of a provider that is connected, or at another price and not to be used from now on. */
function isTaken({ data }: World, { provider, isDefault }: ModelDraft, isKnown: boolean): boolean {
  const isThere = provider === 'builtin' || data.providers.some(({ name }) => name === provider);
  return isThere || (isKnown && !isDefault);
}

/** Why a model cannot be chosen. */
function refusalOf(world: World, id: string): Extract<Result<never>, { status: 'error' }> | null {
  const model = all(world).find((row) => row.id === id);
  if (model === undefined || model.state === 'off') return missing('model');
  const detail = { model: model.displayName, endedOn: model.retiresOn, successor: model.replacedBy };
  if (model.state === 'ended') return fail({ code: 'ModelEnded', detail });
  if (model.state === 'unpriced')
    return fail({
      code: 'UnpricedModel',
      detail: {
        model: model.displayName,
        provider: model.provider,
        modelName: model.modelName,
        modelType: model.modelType,
      },
    });
  return model.state === 'no_key' ? fail({ code: 'NotConnected', detail: { provider: model.provider } }) : null;
}

function rowOf(world: World, draft: ModelDraft, isDefault: boolean): ModelView {
  return {
    ...draft,
    id: world.id(),
    displayName: draft.displayName ?? draft.modelName,
    minCredits: draft.minCredits ?? '1',
    // An empty text says that no end is known.
    retiresOn: draft.retiresOn || null,
    replacedBy: draft.replacedBy || null,
    isActive: true,
    isDefault,
    endsSoon: false,
    state: 'ready',
    pricedAt: world.now().toISOString(),
    contextTokens: draft.contextTokens ?? 0,
    maxOutputTokens: draft.maxOutputTokens ?? 0,
    // What is usual of the vendor, where nothing is said.
    picture: draft.modelType === 'image' ? (draft.picture ?? '{}') : null,
    thinking: draft.modelType === 'image' ? null : (draft.thinking ?? '{"tokens":0,"ask":{}}'),
    hours: [],
    ...tiersOf(draft),
  };
}

/** What each quality costs, and with it a picture of the one that is asked for. */
function tiersOf({ tiers, picture, costPerImage, creditsPerImage }: ModelDraft) {
  const views: TierView[] = (tiers ?? []).map((tier) => ({
    ...tier,
    creditsPerImage: tier.creditsPerImage ?? '1',
    likelyCost: tier.costPerImage,
    isAsked: tier.quality === qualityOf(picture),
  }));
  const asked = views.find(({ isAsked }) => isAsked);
  const own = { costPerImage, creditsPerImage };
  return { tiers: views, ...(asked === undefined ? own : { ...own, ...wholeOf(asked) }) };
}

function wholeOf({ costPerImage, creditsPerImage }: TierView) {
  return { costPerImage, creditsPerImage };
}

function qualityOf(picture: string | null): string {
  return (JSON.parse(picture ?? '{}') as { quality?: string }).quality ?? '';
}

function refusedPicture(draft: ModelDraft, before: ModelView | undefined) {
  if (isUnsound(draft.picture)) return invalid('picture', 'quality');
  return isUnpriced(draft, before) ? invalid('tiers', 'quality_unpriced') : null;
}

/** Whether another quality is asked for of which nobody has said what it costs. */
function isUnpriced({ picture, tiers, creditsPerImage }: ModelDraft, before: ModelView | undefined): boolean {
  const quality = qualityOf(picture);
  if (tiers !== null && tiers.length > 0) return !tiers.some((tier) => tier.quality === quality);
  if (before === undefined || before.modelType !== 'image') return false;
  return quality !== qualityOf(before.picture) && creditsPerImage === before.creditsPerImage;
}

function refusedDraft(draft: ProviderDraft, all: readonly ProviderView[]) {
  const { url, perMinute } = draft;
  const name = draft.name.trim();
  if (!/^[\w.-]+$/.test(name)) return invalid('name', name === '' ? 'required' : 'format');
  if (!/^https?:/.test(url)) return invalid('url', 'format');
  if (perMinute !== null && (perMinute < 1 || perMinute > PER_MINUTE_MAX)) return invalid('perMinute', 'range');
  const kept = keptKey(draft, all);
  return kept !== undefined && kept.url !== url ? invalid('vendorKey', 'other_address') : null;
}

/** The provider whose key stays. */
function keptKey({ name, key, keepsKey }: ProviderDraft, all: readonly ProviderView[]) {
  return key === null && keepsKey ? all.find((row) => row.name === name.trim() && row.hasKey) : undefined;
}

/** Whether a quality is asked for that is none of its own; the host looks at more than that. */
function isUnsound(picture: string | null): boolean {
  const { quality = '', qualities = [] } = JSON.parse(picture ?? '{}') as { quality?: string; qualities?: string[] };
  return quality !== '' && !qualities.includes(quality);
}

function typeOf(fn: AiFunctionView): string {
  return fn === 'generate_images' ? 'image' : 'text';
}

function invalid(field: string, rule: string): { status: 'error'; error: Fault } {
  return fail({ code: 'InvalidField', detail: { field, rule } });
}
