/** The last notices of the site. */
import { useTranslation } from 'react-i18next';
import { statusOf } from '../../data/status';
import { StatusDot } from '../../kit/StatusDot';
import { When } from '../../kit/When';
import { noticeWords } from '../../parts/noticeWords';
import classes from './dashboard.module.css';
import { RecentList } from './RecentList';
import { useRecentNotices } from './recent';

export function RecentNotices({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  return (
    <RecentList
      title={t('dashboard.recent.notices')}
      page="notifications"
      empty={t('dashboard.recent.noNotices')}
      query={useRecentNotices(siteId)}
    >
      {(row) => (
        <>
          <span className={classes.line} title={noticeWords(row)}>
            <StatusDot tone={statusOf('severity', row.severity).tone} label={noticeWords(row)} />
          </span>
          <When at={row.createdAt} />
        </>
      )}
    </RecentList>
  );
}
