/** The workspace, its sample, its appearance, and sites with their sectors, in memory. */
import type { Commands, Fault, SiteDraft, SiteKind, SiteProbeView } from '../contract';
import { DATA_DIR, type FakeSite } from './data';
import { siteRow } from './rows';
import { addSample } from './sample';
import { fail, find, live, missing, ok, type World } from './world';

type SetupCommand =
  | 'workspace'
  | 'sampleCreate'
  | 'sampleDelete'
  | 'appearance'
  | 'appearanceSave'
  | 'sites'
  | 'siteAdd'
  | 'siteUpdate'
  | 'siteRemove'
  | 'siteRestore'
  | 'siteTest'
  | 'sectorAdd'
  | 'sectorRename'
  | 'sectorRemove'
  | 'sectorRestore';

const NAME_CHARS_MAX = 200;
const IN_ARTICLE_IMAGES_MAX = 4;

export function setupCommands(world: World): Pick<Commands, SetupCommand> {
  const { data, touch } = world;
  return {
    workspace: async () => {
      const sites = live(data.sites);
      return ok({
        version: '0.1.0',
        dataDir: DATA_DIR,
        isEmpty: sites.length === 0,
        sampleSiteId: sites.find(({ isSample }) => isSample)?.id ?? null,
        vault: data.vault,
        booksBalance: data.booksBalance,
        auditedAt: data.auditedAt,
        zone: data.zone,
      });
    },
    sampleCreate: async () => {
      const there = live(data.sites).find(({ isSample }) => isSample);
      const id = there?.id ?? addSample(world);
      touch('sites', 'keywords');
      return ok(id);
    },
    sampleDelete: async () => {
      const sample = live(data.sites).find(({ isSample }) => isSample);
      if (sample === undefined) return missing('site');
      sample.removed = true;
      touch('sites', 'keywords', 'clusters', 'ideas', 'tasks', 'contents', 'images');
      return ok(null);
    },
    appearance: async () => ok(data.appearance),
    appearanceSave: async (appearance) => {
      data.appearance = appearance;
      touch('settings');
      return ok(null);
    },
    ...siteCommands(world),
    ...sectorCommands(world),
  };
}

function siteCommands(
  world: World,
): Pick<Commands, 'sites' | 'siteAdd' | 'siteUpdate' | 'siteRemove' | 'siteRestore' | 'siteTest'> {
  const { data, touch } = world;
  return {
    sites: async () => ok(live(data.sites).map((site) => siteRow(data, site))),
    siteAdd: async (draft) => {
      const fault = refused(draft);
      if (fault !== null) return fail(fault);
      const id = world.id();
      const fresh = { id, isSample: false, hasSecret: false, connectionCode: '', testedAt: null, probe: null };
      data.sites.push(applied({ ...fresh, connection: 'untested' } as FakeSite, draft));
      for (const name of draft.sectors ?? []) data.sectors.push({ id: world.id(), siteId: id, name });
      touch('sites');
      return forgotten(world, id, draft) ?? ok(id);
    },
    siteUpdate: async (id, draft) => {
      const site = find(data.sites, id);
      if (site === undefined) return missing('site');
      const fault = refused(draft);
      if (fault !== null) return fail(fault);
      const unkept = draft.password === null ? null : keyringFault(world);
      if (unkept !== null) return fail(unkept);
      Object.assign(site, applied(site, draft));
      touch('sites');
      return ok(null);
    },
    siteRemove: async (id) => mark(world, find(data.sites, id), true, 'site'),
    siteRestore: async (id) =>
      mark(
        world,
        data.sites.find((site) => site.id === id),
        false,
        'site',
      ),
    siteTest: async (id) => {
      const site = find(data.sites, id);
      if (site === undefined) return missing('site');
      await world.pace();
      const failure = failureOf(site);
      site.testedAt = world.now().toISOString();
      site.connection = failure === '' ? 'ok' : 'failed';
      site.connectionCode = failure;
      if (failure === '') site.probe = probeOf(site, data.zone);
      touch('sites');
      return failure === '' ? ok(null) : fail({ code: 'Site', detail: { host: hostOf(site.url), failure, note: '' } });
    },
  };
}

function sectorCommands(world: World): Pick<Commands, 'sectorAdd' | 'sectorRename' | 'sectorRemove' | 'sectorRestore'> {
  const { data, touch } = world;
  return {
    sectorAdd: async (siteId, name) => {
      if (find(data.sites, siteId) === undefined) return missing('site');
      const fault = sectorFault(world, siteId, name);
      if (fault !== null) return fail(fault);
      const id = world.id();
      data.sectors.push({ id, siteId, name: name.trim() });
      touch('sites');
      return ok(id);
    },
    sectorRename: async (id, name) => {
      const sector = find(data.sectors, id);
      if (sector === undefined) return missing('sector');
      const fault = sectorFault(world, sector.siteId, name, id);
      if (fault !== null) return fail(fault);
      sector.name = name.trim();
      touch('sites');
      return ok(null);
    },
    sectorRemove: async (id) => mark(world, find(data.sectors, id), true, 'sector'),
    sectorRestore: async (id) =>
      mark(
        world,
        data.sectors.find((sector) => sector.id === id),
        false,
        'sector',
      ),
  };
}

/** A keyring that does not serve keeps no password; the site is there without it. */
function forgotten(world: World, id: string, { password }: SiteDraft) {
  const site = find(world.data.sites, id);
  const fault = keyringFault(world);
  if (site === undefined || !site.hasSecret || password === null || fault === null) return null;
  site.hasSecret = false;
  return fail(fault);
}

function keyringFault({ data: { vault } }: World): Fault | null {
  const isOfUse = vault === 'available' || vault === 'absent';
  return isOfUse ? null : { code: 'SecretStore', detail: { state: vault } };
}

function mark(world: World, record: { removed?: boolean } | undefined, removed: boolean, what: string) {
  if (record === undefined) return missing(what);
  record.removed = removed;
  world.touch('sites', 'keywords', 'clusters', 'ideas', 'tasks', 'contents', 'images');
  return ok(null);
}

function applied(site: FakeSite, draft: SiteDraft): FakeSite {
  const { sectors: _sectors, password, ...fields } = draft;
  const moved = site.url !== draft.url || site.userName !== draft.userName || password !== null;
  return {
    ...site,
    ...fields,
    hasSecret: password === null ? site.hasSecret : password !== '',
    ...(moved ? { connection: 'untested', connectionCode: '', probe: null } : {}),
  };
}

function refused({ name, kind, url, inArticleImages }: SiteDraft): Fault | null {
  const invalid = (field: string, rule: string): Fault => ({ code: 'InvalidField', detail: { field, rule } });
  if (name.trim() === '') return invalid('name', 'required');
  if (name.length > NAME_CHARS_MAX) return invalid('name', 'too_long');
  if (kind === 'wordpress' && url.trim() === '') return invalid('url', 'required');
  if (kind === 'wordpress' && !URL.canParse(url)) return invalid('url', 'format');
  if (inArticleImages < 0 || inArticleImages > IN_ARTICLE_IMAGES_MAX) return invalid('inArticleImages', 'range');
  return null;
}

function sectorFault({ data }: World, siteId: string, name: string, self?: string): Fault | null {
  const wanted = name.trim().toLowerCase();
  if (wanted === '') return { code: 'InvalidField', detail: { field: 'name', rule: 'required' } };
  const others = live(data.sectors).filter((sector) => sector.siteId === siteId && sector.id !== self);
  const isTaken = others.some((sector) => sector.name.toLowerCase() === wanted);
  return isTaken ? { code: 'InvalidField', detail: { field: 'name', rule: 'taken' } } : null;
}

/** Addresses that say how they fail, so that every failure can be looked at: `https://auth.fails.example`. */
function failureOf({ url, kind, hasSecret }: FakeSite): string {
  if (kind === 'folder') return '';
  const host = hostOf(url);
  if (host.endsWith('.fails.example')) return host.split('.')[0] ?? '';
  return hasSecret ? '' : 'no_credentials';
}

function probeOf({ name, url, userName, kind }: FakeSite, timezone: string): SiteProbeView {
  const roles: Record<SiteKind, string[]> = { wordpress: ['editor'], folder: [] };
  return {
    name,
    homeUrl: url,
    userName: kind === 'folder' ? '' : userName,
    roles: roles[kind],
    canPublish: true,
    canUpload: true,
    version: kind === 'folder' ? '' : '6.5.5',
    timezone,
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
