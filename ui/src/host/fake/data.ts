/**
 * The contents of the host in memory: plain records, related by id, from which the answers are made. What the host
 * removes it only marks, so that it can be put back.
 */
import type {
  AiFunctionView,
  Appearance,
  AuthorView,
  AutomationFields,
  ConflictView,
  CopyView,
  DeliveryFailure,
  DeliveryWait,
  DesktopView,
  Fault,
  FindingView,
  ImageView,
  KeywordFilePreview,
  KeywordRow,
  ModelModeView,
  ModelView,
  NotificationRow,
  OperationRequest,
  OperationView,
  PassageSearch,
  PipelineView,
  ProviderView,
  PublishingSettingsView,
  QuietHoursView,
  ReceiptView,
  SitePosts,
  SiteView,
  SiteVoiceView,
  TransactionRow,
  VaultStateView,
} from '../contract';
import type { FakeRun } from './automation';
import { builtinModels, vendorModels } from './models';

/** Where the data is said to be. */
export const DATA_DIR = '/home/you/.local/share/com.igny8.desktop';

/** A record that may have been removed and can come back. */
export type Kept<Record> = Record & { removed?: boolean };

export type FakePipeline = PipelineView & {
  isStopping: boolean;
  /** It stops after the unit at hand, and waits. */
  isPausing: boolean;
  /** Most credits the run may spend; null while it has no run. */
  cap: number | null;
  /** What of it is spent. */
  spent: number;
};
export type FakeSite = Kept<Omit<SiteView, 'sectors' | 'publishedCount' | 'keywordCount' | 'folder'>> & {
  removedAt?: string;
};
export type FakeSector = Kept<{ id: string; siteId: string; name: string }>;
/** A wording of a prompt; one that is in use takes the place of another of its kind and site. */
export type FakeWording = {
  id: string;
  kind: string;
  siteId: string | null;
  version: number;
  body: string;
  writtenAt: string;
  isInUse: boolean;
};
/** Its cluster and sector names, status and cluster follow from the other records. */
export type FakeKeyword = Kept<KeywordRow>;
export type FakeCluster = Kept<{
  id: string;
  sectorId: string;
  name: string;
  description: string;
  isDisabled: boolean;
  createdAt: string;
}>;
export type FakeIdea = Kept<{
  id: string;
  sectorId: string;
  clusterId: string | null;
  title: string;
  description: string;
  keywords: string[];
  contentType: string;
  contentStructure: string;
  wordCountTarget: number;
  status: string;
  isDisabled: boolean;
  createdAt: string;
}>;
export type FakeTask = Kept<{
  id: string;
  ideaId: string;
  sectorId: string;
  clusterId: string | null;
  title: string;
  contentStructure: string;
  wordCountTarget: number;
  status: string;
  errorCode: string;
  createdAt: string;
}>;
export type FakeSection = {
  heading: string;
  paragraphs: string[];
  points?: string[];
  link?: { href: string; text: string };
};
export type FakeContent = Kept<{
  id: string;
  sectorId: string;
  clusterId: string | null;
  title: string;
  slug: string;
  excerpt: string;
  metaTitle: string;
  metaDescription: string;
  keywords: string[];
  tags: string[];
  categories: string[];
  contentType: string;
  contentStructure: string;
  isOutline: boolean;
  sections: FakeSection[];
  images: ImageView[];
  /** Taken out, and kept for the way back. */
  removedImages?: ImageView[];
  status: string;
  delivery: string;
  receipt: ReceiptView | null;
  failure: DeliveryFailure | null;
  /** When it goes out. */
  scheduledAt?: string | null;
  /** Its time passed without it. */
  missedAt?: string | null;
  /** Why its delivery waits, while it does. */
  waits?: DeliveryWait | null;
  /** How it stood when its delivery was taken out. */
  discarded?: { delivery: string; failure: DeliveryFailure | null; waits: DeliveryWait | null };
  version: number;
  createdAt: string;
  updatedAt: string;
}>;
export type FakeOperation = OperationView & {
  request: OperationRequest;
  isStopping: boolean;
  /** It stops after the unit at hand, and waits. */
  isPausing: boolean;
  /** Credits held for its step at hand while it stands still. */
  held: number;
};

export type TokenCounts = Record<
  'input' | 'cachedInput' | 'cacheWrite' | 'output' | 'reasoning' | 'imageInput' | 'imageOutput',
  number
>;

/** What one paid unit consumed, as the books keep it. */
export type FakeUsage = {
  id: string;
  operationId: string;
  operationType: string;
  siteId: string;
  /** The article it was for. */
  contentId: string | null;
  model: string;
  provider: string;
  /** `settled`, `released` or `refused`. */
  outcome: string;
  images: number;
  credits: number;
  /** US dollars. */
  cost: number;
  /** It left no result, though it may have been billed. */
  isLost: boolean;
  tokens: TokenCounts;
  isEstimated: boolean;
  at: string;
};

/** A keyword file as the dialog or the drop hands it over: what is in it, or why it cannot be read. */
export type FakeFile =
  | { preview: KeywordFilePreview; keywords: { text: string; volume: number | null; difficulty: number | null }[] }
  | { fault: Fault };

export type FakeData = {
  vault: VaultStateView;
  zone: string;
  appearance: Appearance;
  desktop: DesktopView;
  /** How far kinds of notices reach that were chosen for. */
  noticeChannels: Record<string, string>;
  quietHours: Omit<QuietHoursView, 'zone'>;
  /** What the system was given to show, oldest first. */
  popups: { notice: string | null; title: string; body: string }[];
  sites: FakeSite[];
  sectors: FakeSector[];
  keywords: FakeKeyword[];
  clusters: FakeCluster[];
  ideas: FakeIdea[];
  tasks: FakeTask[];
  contents: FakeContent[];
  /** Ids of the articles whose delivery this host is at work on; what else is being published waits. */
  onTheWay: Set<string>;
  /** By article id: what somebody has changed on the site. */
  conflicts: Record<string, ConflictView>;
  /** By article id: searches for a passage that its site refuses. */
  passages: Record<string, PassageSearch>;
  /** By site id: the posts it had before. */
  sitePosts: Record<string, SitePosts>;
  /** By site id: how its articles go forward by themselves, where somebody has set it. */
  publishing: Record<string, PublishingSettingsView>;
  operations: FakeOperation[];
  /** By site id. */
  pipelines: Record<string, FakePipeline>;
  /** Runs of all sites, newest last. */
  runs: FakeRun[];
  /** What sites have chosen for their runs, by site id. */
  automations: Record<string, AutomationFields>;
  /** Newest last. */
  transactions: TransactionRow[];
  /** Oldest first. */
  usage: FakeUsage[];
  monthlyBudget: number;
  /** What a credit is worth, US dollars. */
  creditPrice: number;
  held: number;
  /** Credits by `month`, `day` or `site:<id>`. */
  limits: Record<string, number>;
  lowPercent: number;
  /** Since when all AI work is paused, and the sites whose run that held; null while it is not. */
  pausedAll: { since: string; sites: string[] } | null;
  /** When all paid work was stopped. */
  stoppedAt: string | null;
  booksBalance: boolean;
  /** What an audit finds; nothing while the books balance. */
  findings: FindingView[];
  copies: CopyView[];
  auditedAt: string;
  /** Work is done by a provider that bills, and not by the built-in engine. */
  isBilled: boolean;
  /** Newest last. */
  notifications: Kept<NotificationRow>[];
  models: ModelView[];
  providers: ProviderView[];
  modelMode: ModelModeView;
  /** Models that their provider did not know when they were asked last. */
  unknownModels: string[];
  /** Models that functions have of their own. */
  modelRoles: FakeRole[];
  /** Wordings by people, oldest first; `siteId` null is for all sites. */
  wordings: FakeWording[];
  authors: Kept<Omit<AuthorView, 'siteCount'>>[];
  /** By site id. */
  voices: Record<string, SiteVoiceView>;
  /** What trials were answered, by operation id. */
  trials: Record<string, { text: string; picture: string }>;
  /** Addresses of pictures by `media:<hash>`. */
  pictures: Record<string, string>;
  /** Keyword files by path. */
  files: Record<string, FakeFile>;
  /** What the file dialog answers. */
  picked: string[];
};

/** A model that a function has of its own in one of the sets. */
export type FakeRole = { mode: ModelModeView; function: AiFunctionView; modelId: string };

/** A first start: no site, the first monthly budget. */
export function emptyData(now = new Date()): FakeData {
  return {
    vault: 'available',
    zone: 'Europe/Berlin',
    appearance: { colorScheme: 'auto', density: 'normal', sidebarCollapsed: false },
    desktop: { hasTray: true, closesToTray: true, startsAtLogin: false, canStartAtLogin: true, hasPopups: true },
    noticeChannels: {},
    quietHours: { isOn: false, from: '22:00', until: '07:00' },
    popups: [],
    sites: [],
    sectors: [],
    keywords: [],
    clusters: [],
    ideas: [],
    tasks: [],
    contents: [],
    onTheWay: new Set(),
    conflicts: {},
    passages: {},
    sitePosts: {},
    publishing: {},
    operations: [],
    pipelines: {},
    runs: [],
    automations: {},
    transactions: [
      {
        id: 'tx1',
        transactionType: 'grant',
        operationType: '',
        amount: '1000',
        balanceAfter: '1000',
        operationId: null,
        memo: now.toISOString().slice(0, 7),
        at: now.toISOString(),
      },
    ],
    usage: [],
    monthlyBudget: 1000,
    creditPrice: 0.01,
    held: 0,
    limits: {},
    pausedAll: null,
    lowPercent: 20,
    stoppedAt: null,
    booksBalance: true,
    findings: [],
    copies: [],
    auditedAt: now.toISOString(),
    isBilled: false,
    notifications: [],
    models: [...builtinModels(), ...vendorModels(now)],
    providers: [],
    modelMode: 'live',
    unknownModels: [],
    modelRoles: [],
    wordings: [],
    authors: [],
    voices: {},
    trials: {},
    pictures: {},
    files: {},
    picked: [],
  };
}
