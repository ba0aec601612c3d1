/** When the runs of a site begin by themselves, in one line. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import type { SiteView } from '../../host';
import { StatusDot } from '../../kit/StatusDot';
import { When } from '../../kit/When';
import classes from './automation.module.css';
import { scheduleWords } from './scheduleWords';

export function ScheduleLine({ site, onChange }: { site: SiteView; onChange: () => void }) {
  const { t } = useTranslation();
  const { data } = useCommand('automation', [site.id]);
  if (data === undefined) return null;
  const isOn = data.fields.isEnabled;
  return (
    <section className={classes.card} aria-labelledby="schedule-title">
      <div className={classes.head}>
        <h2 id="schedule-title" className={classes.title}>
          {t('automation.schedule.title')}
        </h2>
        <Button variant="subtle" size="compact-sm" onClick={onChange}>
          {t('automation.schedule.change')}
        </Button>
      </div>
      <StatusDot
        tone={isOn ? 'success' : 'neutral'}
        label={isOn ? scheduleWords(data) : t('automation.schedule.off', { site: site.name })}
      />
      {data.nextRunAt !== null && (
        <p className={classes.quiet}>
          {t('automation.schedule.next')}{' '}
          <When at={data.nextRunAt} zone={data.fields.zone || data.siteZone} style="exact" /> (
          <When at={data.nextRunAt} />)
        </p>
      )}
    </section>
  );
}
