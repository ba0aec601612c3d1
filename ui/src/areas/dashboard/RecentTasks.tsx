/** The last AI tasks of the site: what each made, what it took, when. */
import { useTranslation } from 'react-i18next';
import { Credits } from '../../kit/Amounts';
import { StatusDot } from '../../kit/StatusDot';
import { When } from '../../kit/When';
import { PageLink } from '../../parts/pages';
import { doingWords, endWords, workOf } from '../../parts/workWords';
import classes from './dashboard.module.css';
import { RecentList } from './RecentList';
import type { useRecentOperations } from './recent';

export function RecentTasks({ operations }: { operations: ReturnType<typeof useRecentOperations> }) {
  const { t } = useTranslation();
  return (
    <RecentList
      title={t('dashboard.recent.tasks')}
      page="tasks"
      empty={t('dashboard.recent.noTasks')}
      query={operations}
    >
      {(row) => {
        const isRunning = row.status === 'pending';
        const { tone, sentence } = isRunning
          ? { tone: 'info' as const, sentence: doingWords(workOf(row)) }
          : endWords(row);
        return (
          <>
            <PageLink page="tasks" open={row.id} className={classes.line}>
              <StatusDot tone={tone} label={sentence} busy={isRunning} paused={row.status === 'interrupted'} />
            </PageLink>
            <Credits amount={row.credits} unit />
            <When at={row.createdAt} />
          </>
        );
      }}
    </RecentList>
  );
}
