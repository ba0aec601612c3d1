/** What crosses the border, as the interface reads it. */

export type Fault =
  | { code: 'InvalidField'; detail: { field: string; rule: string } }
  | { code: 'NotFound'; detail: { what: string } }
  | { code: 'WrongState'; detail: { what: string } }
  | { code: 'NothingToDo' }
  | { code: 'InsufficientCredits'; detail: { needed: string; available: string } }
  | { code: 'UnpricedModel'; detail: { model: string } }
  | { code: 'NoModel'; detail: { modelType: string } }
  | { code: 'BooksDoNotBalance' }
  | { code: 'KeywordFile'; detail: { problem: string; line: number; headers: string[] } }
  | { code: 'Site'; detail: { host: string; failure: string; note: string } }
  | { code: 'SecretStore'; detail: { state: string } }
  | { code: 'DiskFull' }
  | { code: 'FolderInUse' }
  | { code: 'TooNew' }
  | { code: 'Corrupt' }
  | { code: 'Cancelled' }
  | { code: 'Internal'; detail: { incident: string } };

export type Result<T> = { status: 'ok'; data: T } | { status: 'error'; error: Fault };

export type Topic =
  | 'sites'
  | 'keywords'
  | 'clusters'
  | 'ideas'
  | 'tasks'
  | 'contents'
  | 'images'
  | 'credits'
  | 'operations'
  | 'notifications'
  | 'publications'
  | 'models'
  | 'settings';

export type Balance = {
  available: string;
  held: string;
  usedThisMonth: string;
  availableValue: string;
  monthlyBudget: string;
};

export type SectorView = { id: string; name: string; keywordCount: number };

export type SiteView = {
  id: string;
  name: string;
  url: string;
  zone: string;
  brandColor: string;
  isSample: boolean;
  sectors: SectorView[];
};

export type Period = 'all' | 'days7' | 'days30' | 'days90';

export type Completion = {
  keywords: number;
  keywordsMapped: number;
  clusters: number;
  clustersMapped: number;
  ideas: number;
  ideasCompleted: number;
  tasksQueued: number;
  drafts: number;
  review: number;
  approved: number;
  published: number;
  images: number;
  imagesGenerated: number;
  creditsUsed: string;
};

export type ChangedEvent = { topics: Topic[]; lagged: boolean };

export type ProgressView = {
  operationId: string;
  siteId: string;
  function: string;
  phase: string;
  done: number;
  total: number;
  item: string;
  credits: string;
};

export type Commands = {
  sites: () => Promise<Result<SiteView[]>>;
  balance: () => Promise<Result<Balance>>;
  completion: (siteId: string, period: Period) => Promise<Result<Completion>>;
  unreadCount: () => Promise<Result<number>>;
};

export const PROVIDES: Record<string, readonly Topic[]> = {
  sites: ['sites'],
  balance: ['credits'],
  completion: ['keywords', 'clusters', 'ideas', 'tasks', 'contents', 'images', 'publications', 'credits'],
  unreadCount: ['notifications'],
};
