/**
 * The address book: every page with its path and the part of the data it shows.
 * A page lives in `areas/` and knows nothing of this file; see `README.md` for how to add one.
 */
import { createRootRoute, createRoute, retainSearchParams } from '@tanstack/react-router';
import { z } from 'zod';
import { ArticlePage } from '../areas/articles/ArticlePage';
import { ConflictPage } from '../areas/articles/ConflictPage';
import { AutomationPage } from '../areas/automation/AutomationPage';
import { RunPage } from '../areas/automation/RunPage';
import { CalendarPage } from '../areas/calendar/CalendarPage';
import { ClustersPage } from '../areas/clusters/ClustersPage';
import { CreditsPage } from '../areas/credits/CreditsPage';
import { DashboardPage } from '../areas/dashboard/DashboardPage';
import { DraftsPage } from '../areas/drafts/DraftsPage';
import { HelpPage } from '../areas/help/HelpPage';
import { IdeasPage } from '../areas/ideas/IdeasPage';
import { ImagesPage } from '../areas/images/ImagesPage';
import { KeywordsPage } from '../areas/keywords/KeywordsPage';
import { ModelsPage } from '../areas/models/ModelsPage';
import { NotificationsPage } from '../areas/notifications/NotificationsPage';
import { OperationsPage } from '../areas/operations/OperationsPage';
import { OutboxPage } from '../areas/outbox/OutboxPage';
import { PromptsPage } from '../areas/prompts/PromptsPage';
import { PublishedPage } from '../areas/published/PublishedPage';
import { ReconciliationPage } from '../areas/reconciliation/ReconciliationPage';
import { ReviewPage } from '../areas/review/ReviewPage';
import { SettingsPage } from '../areas/settings/SettingsPage';
import { SitesPage } from '../areas/sites/SitesPage';
import { UsagePage } from '../areas/usage/UsagePage';
import { listSearch } from '../kit/table/useListView';
import { AppShell } from './AppShell';
import { CrashScreen } from './CrashScreen';
import { NotFound } from './NotFound';

/** Of which data a page is: none, one site, or one site narrowed to a sector. */
export type PageScope = 'none' | 'site' | 'sector';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    scope?: PageScope;
  }
}

const windowSearch = listSearch.extend({
  site: z.string().optional().catch(undefined),
  sector: z.string().optional().catch(undefined),
  /** The item whose details are open. */
  open: z.string().optional().catch(undefined),
  /** The open tab, where a page has tabs. */
  tab: z.string().optional().catch(undefined),
  /** The day the calendar shows. */
  day: z.iso.date().optional().catch(undefined),
  /** Time span and site of the usage page, which looks at all sites unless told otherwise. */
  period: z.string().optional().catch(undefined),
  for: z.string().optional().catch(undefined),
});

const rootRoute = createRootRoute({
  component: AppShell,
  notFoundComponent: NotFound,
  errorComponent: CrashScreen,
  validateSearch: windowSearch,
  // The site goes with the user from page to page; filters stay with their page.
  search: { middlewares: [retainSearchParams(['site', 'sector'])] },
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: DashboardPage,
  staticData: { scope: 'site' },
});
const sitesRoute = createRoute({ getParentRoute: () => rootRoute, path: '/sites', component: SitesPage });
const modelsRoute = createRoute({ getParentRoute: () => rootRoute, path: '/models', component: ModelsPage });
const promptsRoute = createRoute({ getParentRoute: () => rootRoute, path: '/prompts', component: PromptsPage });
const keywordsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/keywords',
  component: KeywordsPage,
  staticData: { scope: 'sector' },
});
const clustersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clusters',
  component: ClustersPage,
  staticData: { scope: 'sector' },
});
const ideasRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/ideas',
  component: IdeasPage,
  staticData: { scope: 'sector' },
});
const draftsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/drafts',
  component: DraftsPage,
  staticData: { scope: 'sector' },
});
const articleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/articles/$id',
  component: ArticlePage,
  staticData: { scope: 'none' },
});
const conflictRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/articles/$id/conflict',
  component: ConflictPage,
  staticData: { scope: 'none' },
});
const imagesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/images',
  component: ImagesPage,
  staticData: { scope: 'sector' },
});
const reviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/review',
  component: ReviewPage,
  staticData: { scope: 'sector' },
});
const calendarRoute = createRoute({ getParentRoute: () => rootRoute, path: '/calendar', component: CalendarPage });
const publishedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/published',
  component: PublishedPage,
  staticData: { scope: 'sector' },
});
const outboxRoute = createRoute({ getParentRoute: () => rootRoute, path: '/outbox', component: OutboxPage });
const automationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/automation',
  component: AutomationPage,
  staticData: { scope: 'site' },
});
const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/automation/runs/$id',
  component: RunPage,
  staticData: { scope: 'none' },
});
const operationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operations',
  component: OperationsPage,
  staticData: { scope: 'none' },
});
const notificationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/notifications',
  component: NotificationsPage,
  staticData: { scope: 'none' },
});
const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: SettingsPage,
  staticData: { scope: 'none' },
});
const creditsRoute = createRoute({ getParentRoute: () => rootRoute, path: '/credits', component: CreditsPage });
const usageRoute = createRoute({ getParentRoute: () => rootRoute, path: '/usage', component: UsagePage });
const reconciliationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reconciliation',
  component: ReconciliationPage,
  staticData: { scope: 'none' },
});
const helpRoute = createRoute({ getParentRoute: () => rootRoute, path: '/help', component: HelpPage });

export const routeTree = rootRoute.addChildren([
  homeRoute,
  sitesRoute,
  promptsRoute,
  modelsRoute,
  keywordsRoute,
  clustersRoute,
  ideasRoute,
  draftsRoute,
  articleRoute,
  calendarRoute,
  outboxRoute,
  publishedRoute,
  conflictRoute,
  imagesRoute,
  reviewRoute,
  automationRoute,
  runRoute,
  operationsRoute,
  notificationsRoute,
  settingsRoute,
  creditsRoute,
  usageRoute,
  reconciliationRoute,
  helpRoute,
]);
