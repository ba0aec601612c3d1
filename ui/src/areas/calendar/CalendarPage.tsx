/** When articles go out, at a glance: what was published, what is planned, what went wrong, and what has no time yet. */
import { Button, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import { useScope } from '../../data/scope';
import type { CalendarEntry, SiteView } from '../../host';
import { useNow } from '../../kit/clock';
import { ErrorState } from '../../kit/ErrorState';
import { localZone } from '../../kit/format';
import { useHotkeys } from '../../kit/hotkeys';
import { Page } from '../../kit/Page';
import { BulkBar } from '../../kit/table/BulkBar';
import { NoSite } from '../../parts/NoSite';
import { PublishDialog } from '../../parts/PublishDialog';
import { addressOf } from '../../parts/pages';
import { ReceiptDrawer } from '../../parts/ReceiptDrawer';
import { ScheduleDialog } from '../../parts/ScheduleDialog';
import { CalendarBar } from './CalendarBar';
import { ClockNotes } from './ClockMark';
import classes from './calendar.module.css';
import { CardsProvider } from './cards';
import { ExportMenu } from './ExportMenu';
import { dayOf, wallAt } from './plan';
import { ShiftDialog } from './ShiftDialog';
import { shiftOf, useCalendarActs } from './useCalendarActs';
import { type CalendarView, useCalendarView } from './useCalendarView';

const CalendarBoard = lazy(() => import('./CalendarBoard'));
const NONE: readonly CalendarEntry[] = [];

export function CalendarPage() {
  const { t } = useTranslation();
  const { sites, isLoading } = useScope();
  const zone = zoneOf(sites);
  const today = dayOf(wallAt(useNow(), zone));
  const view = useCalendarView(today);
  const zones = [...new Set(shown(sites, view).map((site) => site.zone))];
  const seen = shown(sites, view);
  const only = seen.length === 1 ? (seen[0] ?? null) : null;
  return (
    <Page title={t('frame.page.calendar')} actions={sites.length > 0 && <ExportMenu site={only} />}>
      {sites.length === 0 && !isLoading ? (
        <NoSite />
      ) : (
        <div className={classes.page}>
          <CalendarBar view={view} sites={sites} zones={zones} today={today} />
          <ClockNotes view={view.name} day={view.day} zones={zones} />
          <Calendar view={view} sites={sites} zones={zones} zone={zone} />
        </div>
      )}
    </Page>
  );
}

type Props = { view: CalendarView; sites: readonly SiteView[]; zones: readonly string[]; zone: string };

function Calendar({ view, sites, zones, zone }: Props) {
  const { data, error, isPending, refetch } = useCommand('calendar', [view.query], { keep: true });
  const entries = data?.entries ?? NONE;
  const siteIds = sites.map(({ id }) => id);
  const acts = useCalendarActs({ entries, siteIds, zones, view });
  const { question, ask, chosen, clear } = acts;
  useHotkeys({ escape: clear }, chosen.length > 0);
  const problem = problemOf(error);
  if (problem !== null) return <ErrorState problem={problem} onRetry={() => void refetch()} />;
  if (isPending) return <Waiting />;
  const close = () => ask(null);
  return (
    <CardsProvider value={acts.cards}>
      <Notes view={view} isEmpty={entries.length === 0} isCut={data?.isCut === true} />
      <Suspense fallback={<Waiting />}>
        <CalendarBoard
          entries={entries}
          view={view.name}
          day={view.day}
          zones={zones}
          zone={zone}
          onPlace={acts.place}
          onFill={(siteId) => acts.fill(siteId, [])}
        />
      </Suspense>
      {chosen.length > 0 && (
        <div className={classes.foot}>
          <BulkBar
            selection={{ all: false, ids: new Set(chosen.map(({ id }) => id)) }}
            loaded={entries.length}
            total={entries.length}
            actions={acts.bulkActions}
            onSelect={() => undefined}
            onClear={clear}
          />
        </div>
      )}
      <PublishDialog
        request={question?.kind === 'publish' ? question.request : null}
        site={question?.kind === 'publish' ? question.site : ''}
        onClose={close}
      />
      <ScheduleDialog
        ids={question?.kind === 'time' ? question.ids : null}
        zone={question?.kind === 'time' ? question.zone : zone}
        onClose={close}
        onDone={clear}
      />
      <ShiftDialog
        opened={question?.kind === 'shift'}
        count={question?.kind === 'shift' ? question.entries.length : 0}
        onShift={(days) => acts.place(shiftOf(question, days))}
        onClose={close}
      />
      <ReceiptDrawer contentId={question?.kind === 'receipt' ? question.id : null} onClose={close} />
    </CardsProvider>
  );
}

/** What an empty calendar means, and that one is too full to be shown whole. */
function Notes({ view, isEmpty, isCut }: { view: CalendarView; isEmpty: boolean; isCut: boolean }) {
  const { t } = useTranslation();
  if (isCut) return <p className={classes.note}>{t('calendar.cut')}</p>;
  if (!isEmpty) return null;
  return (
    <div className={classes.note} role="status">
      {t(view.isFiltered ? 'calendar.emptyFiltered' : 'calendar.empty')}
      {view.isFiltered ? (
        <Button variant="default" onClick={view.clear}>
          {t('kit.table.clearFilters')}
        </Button>
      ) : (
        <Button component={Link} variant="default" {...addressOf('review')}>
          {t('calendar.emptyAction')}
        </Button>
      )}
    </div>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div className={classes.board} role="status" aria-label={t('kit.loading')}>
      <Skeleton className={classes.waiting ?? ''} />
      <Skeleton className={classes.waiting ?? ''} />
    </div>
  );
}

/** The zone of the site, where there is one or all have the same; else that of this computer. */
function zoneOf(sites: readonly SiteView[]): string {
  const [zone, ...others] = new Set(sites.map((site) => site.zone));
  return zone !== undefined && others.length === 0 ? zone : localZone();
}

function shown(sites: readonly SiteView[], { filters }: CalendarView): readonly SiteView[] {
  return filters.site.length === 0 ? sites : sites.filter(({ id }) => filters.site.includes(id));
}
