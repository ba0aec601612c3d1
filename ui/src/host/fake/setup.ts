/** The workspace, its sample, its appearance, and sites with their sectors, in memory. */
import type {
  Commands,
  Fault,
  RemovedSite,
  SiteCheck,
  SiteCheckKind,
  SiteClockView,
  SiteDraft,
  SiteKind,
  SiteProbeView,
} from '../contract';
import { DATA_DIR, type FakeSite } from './data';
import { NO_OFFERS, WORDPRESS_OFFERS } from './offers';
import { invalid } from './planner';
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
  | 'removedSites'
  | 'siteAdd'
  | 'siteUpdate'
  | 'siteRemove'
  | 'siteRestore'
  | 'siteTest'
  | 'siteDoctor'
  | 'siteConsent'
  | 'siteDisconnect'
  | 'siteAuthority'
  | 'companionSave'
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
      return mark(world, sample, true, 'site');
    },
    appearance: async () => ok(data.appearance),
    appearanceSave: async (appearance) => {
      data.appearance = appearance;
      touch('settings');
      return ok(null);
    },
    ...siteCommands(world),
    ...consentCommands(world),
    ...sectorCommands(world),
  };
}

function siteCommands(
  world: World,
): Pick<
  Commands,
  'sites' | 'removedSites' | 'siteAdd' | 'siteUpdate' | 'siteRemove' | 'siteRestore' | 'siteTest' | 'siteDoctor'
> {
  const { data, touch } = world;
  return {
    sites: async () => ok(live(data.sites).map((site) => siteRow(data, site))),
    removedSites: async () => {
      const removed = data.sites.flatMap((site) => (site.removed === true ? [removedRow(site)] : []));
      return ok(removed.sort((a, b) => b.removedAt.localeCompare(a.removedAt)));
    },
    siteAdd: async (draft) => {
      const fault = refused(world, draft);
      if (fault !== null) return fail(fault);
      const id = world.id();
      const fresh = {
        id,
        isSample: false,
        hasAuthority: false,
        hasSecret: false,
        connectionCode: '',
        testedAt: null,
        probe: null,
        handOver: draft.kind === 'folder' ? 'computer' : 'wordpress',
        missedRule: 'publish',
      };
      data.sites.push(applied({ ...fresh, connection: 'untested' } as FakeSite, draft));
      for (const name of draft.sectors ?? []) data.sectors.push({ id: world.id(), siteId: id, name });
      touch('sites');
      return forgotten(world, id, draft) ?? ok(id);
    },
    siteUpdate: async (id, draft) => {
      const site = find(data.sites, id);
      if (site === undefined) return missing('site');
      const fault = refused(world, draft, id);
      if (fault !== null) return fail(fault);
      const unkept = draft.password === null ? null : keyringFault(world);
      if (unkept !== null) return fail(unkept);
      Object.assign(site, applied(site, draft));
      touch('sites');
      return ok(null);
    },
    siteRemove: async (id) => mark(world, find(data.sites, id), true, 'site'),
    siteRestore: async (id) => {
      const site = data.sites.find((removed) => removed.id === id && removed.removed === true);
      if (site !== undefined && isNameTaken(world, site.name, id)) return fail(invalid('name', 'taken'));
      return mark(world, site, false, 'site');
    },
    siteTest: async (id) => {
      const site = find(data.sites, id);
      if (site === undefined) return missing('site');
      const failure = await tested(world, site);
      return failure === '' ? ok(null) : fail({ code: 'Site', detail: { host: hostOf(site.url), failure, note: '' } });
    },
    siteDoctor: async (id) => {
      const site = find(data.sites, id);
      if (site === undefined) return missing('site');
      const failure = await tested(world, site);
      return ok({ host: hostOf(site.url), isWell: failure === '', checks: checksOf(failure) });
    },
  };
}

/** Being let in by a person, and letting go again. */
function consentCommands(
  world: World,
): Pick<Commands, 'siteConsent' | 'siteDisconnect' | 'siteAuthority' | 'companionSave'> {
  const { data, touch } = world;
  return {
    siteConsent: async (typed) => {
      await world.pace();
      const address = typed.includes('://') ? typed : `https://${typed}`;
      const [url, host] = [originOf(address), hostOf(address)];
      const failure = failureAt(address);
      if (failure !== '') return fail({ code: 'Site', detail: { host, failure, note: '' } });
      return ok({ url, name: host, page: `${url}/wp-admin/authorize-application.php?app_name=Igny8+Desktop` });
    },
    siteDisconnect: async (id) => {
      const site = find(data.sites, id);
      if (site === undefined) return missing('site');
      await world.pace();
      const failure = failureOf(site);
      const forgotten = { hasSecret: false, connection: 'untested', connectionCode: '', testedAt: null, probe: null };
      Object.assign(site, forgotten);
      touch('sites');
      return ok({ host: hostOf(site.url), isRevoked: failure === '', failure, note: '' });
    },
    companionSave: async () => {
      await world.pace();
      return ok('/home/you/igny8-companion.php');
    },
    siteAuthority: async (id, path) => {
      const site = find(data.sites, id);
      if (site === undefined) return missing('site');
      Object.assign(site, { hasAuthority: path !== null, connection: 'untested', connectionCode: '', probe: null });
      touch('sites');
      return ok(null);
    },
  };
}

/** Asks a site, and keeps with it what came of that. */
async function tested(world: World, site: FakeSite): Promise<string> {
  await world.pace();
  const failure = failureOf(site);
  site.testedAt = world.now().toISOString();
  site.connection = failure === '' ? 'ok' : 'failed';
  site.connectionCode = failure;
  if (failure === '') Object.assign(site, found(site, world.data.zone));
  world.touch('sites');
  return failure;
}

const CHECKS: readonly SiteCheckKind[] = [
  ...(['name', 'connection', 'site', 'interface', 'data', 'sign_in', 'rights', 'speed'] as const),
];

/** Where a failure shows, as far as the order of the checks matters here. */
const FAILS_AT: Record<string, SiteCheckKind> = {
  dns: 'name',
  tls: 'connection',
  auth: 'sign_in',
  no_credentials: 'sign_in',
};

function checksOf(failure: string): SiteCheck[] {
  const at = failure === '' ? CHECKS.length : CHECKS.indexOf(FAILS_AT[failure] ?? 'interface');
  return CHECKS.map((check, index) => {
    if (index === at) return { check, outcome: 'failed', failure, note: '' };
    return { check, outcome: index < at ? 'passed' : 'skipped', failure: '', note: '' };
  });
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

function removedRow({ id, name, kind, isSample, removedAt = '' }: FakeSite): RemovedSite {
  return { id, name, kind, removedAt, goesAtNextStart: isSample };
}

type Removable = { removed?: boolean; removedAt?: string };

function mark(world: World, record: Removable | undefined, removed: boolean, what: string) {
  if (record === undefined) return missing(what);
  record.removed = removed;
  record.removedAt = world.now().toISOString();
  world.touch('sites', 'keywords', 'clusters', 'ideas', 'tasks', 'contents', 'images');
  return ok(null);
}

function applied(site: FakeSite, draft: SiteDraft): FakeSite {
  const { sectors: _sectors, password, ...fields } = draft;
  const moved = site.url !== draft.url || site.userName !== draft.userName || password !== null;
  return {
    ...site,
    ...fields,
    // A password is for the host it was given for.
    hasSecret: password === null ? site.hasSecret && originOf(site.url) === originOf(draft.url) : password !== '',
    ...(moved ? { connection: 'untested', connectionCode: '', probe: null } : {}),
  };
}

function isNameTaken({ data }: World, name: string, self: string): boolean {
  return live(data.sites).some((site) => site.id !== self && site.name.toLowerCase() === name.trim().toLowerCase());
}

function refused(world: World, { name, kind, url, inArticleImages }: SiteDraft, self = ''): Fault | null {
  if (name.trim() === '') return invalid('name', 'required');
  if (/^[0-9]+$/.test(name.trim())) return invalid('name', 'digits');
  if (name.length > NAME_CHARS_MAX) return invalid('name', 'too_long');
  if (isNameTaken(world, name, self)) return invalid('name', 'taken');
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
  return failureAt(url) || (hasSecret ? '' : 'no_credentials');
}

function failureAt(url: string): string {
  const host = hostOf(url);
  return host.endsWith('.fails.example') ? (host.split('.')[0] ?? '') : '';
}

/** A site is kept under its own address, whichever of its pages was typed. */
function found(site: FakeSite, zone: string): Pick<FakeSite, 'url' | 'probe'> {
  const url = site.kind === 'folder' ? site.url : originOf(site.url);
  return { url, probe: probeOf({ ...site, url }, zone) };
}

/** The host compares how the clocks go; here an offset is one that stands still, and any other name is another zone. */
function clockOf(theirs: string, ours: string): SiteClockView {
  if (theirs === ours) return 'same';
  return /^[+-]/.test(theirs) ? 'fixed' : 'other';
}

function probeOf({ name, url, userName, kind, zone }: FakeSite, timezone: string): SiteProbeView {
  const roles: Record<SiteKind, string[]> = { wordpress: ['editor'], folder: [] };
  return {
    name,
    homeUrl: url,
    apiUrl: kind === 'folder' ? url : `${url}/wp-json/`,
    userName: kind === 'folder' ? '' : userName,
    roles: roles[kind],
    canPublish: true,
    canUpload: true,
    version: kind === 'folder' ? '' : '6.5.5',
    timezone,
    clock: clockOf(timezone, zone),
    ...(kind === 'folder' ? NO_OFFERS : WORDPRESS_OFFERS),
  };
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
