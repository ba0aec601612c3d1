/** The start of the window: the offer of a sample at a first start, afterwards how far the site is and what comes next. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import { useScope } from '../../data/scope';
import { ErrorState } from '../../kit/ErrorState';
import { Page } from '../../kit/Page';
import { CardsSkeleton, TextSkeleton } from '../../kit/Skeletons';
import { DeleteSample } from './DeleteSample';
import classes from './dashboard.module.css';
import { FirstStart } from './FirstStart';
import { SiteDashboard } from './SiteDashboard';

export function DashboardPage() {
  const { t } = useTranslation();
  const { site } = useScope();
  const workspace = useCommand('workspace', []);
  const sites = useCommand('sites', []);
  const problem = problemOf(workspace.error ?? sites.error);
  const isEmpty = workspace.data?.isEmpty === true;
  const retry = () => {
    void workspace.refetch();
    void sites.refetch();
  };
  return (
    <Page
      title={t('frame.page.dashboard')}
      actions={site?.isSample === true ? <DeleteSample site={site} /> : undefined}
    >
      {problem !== null && <ErrorState problem={problem} onRetry={retry} />}
      {problem === null && isEmpty && <FirstStart />}
      {problem === null && !isEmpty && (workspace.data === undefined || site === null) && <Waiting />}
      {problem === null && !isEmpty && workspace.data !== undefined && site !== null && (
        <SiteDashboard key={site.id} site={site} sites={sites.data ?? []} workspace={workspace.data} />
      )}
    </Page>
  );
}

function Waiting() {
  return (
    <div className={classes.page}>
      <CardsSkeleton cards={7} />
      <TextSkeleton lines={4} />
      <CardsSkeleton cards={2} />
    </div>
  );
}
