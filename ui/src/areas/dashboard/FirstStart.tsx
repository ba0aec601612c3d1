/** The first page a newcomer sees: what Igny8 does, and a sample that shows it without any setup. */
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import { useScope } from '../../data/scope';
import { Mark } from '../../kit/Mark';
import { addressOf } from '../../parts/pages';
import classes from './firstStart.module.css';

const FACTS = ['keywords', 'offline', 'leave'] as const;

export function FirstStart() {
  const { t } = useTranslation();
  const { chooseSite } = useScope();
  const create = useAct('sampleCreate');
  const press = () => create.mutate([], { onSuccess: (id) => chooseSite(id), onError: tell });
  return (
    <div className={classes.start}>
      <Mark size="var(--space-16)" />
      <p className={classes.lead}>{t('dashboard.start.lead')}</p>
      <section className={classes.offer} aria-labelledby="first-start-offer">
        <h2 id="first-start-offer" className={classes.offerTitle}>
          {t('dashboard.start.title')}
        </h2>
        <ul className={classes.facts}>
          {FACTS.map((fact) => (
            <li key={fact}>
              <Check size="1rem" aria-hidden />
              {t(`dashboard.start.fact.${fact}`)}
            </li>
          ))}
        </ul>
        <div className={classes.offerActions}>
          <Button loading={create.isPending} onClick={press}>
            {t('dashboard.start.sample')}
          </Button>
          <Button variant="default" component={Link} {...addressOf('sites', 'new')}>
            {t('dashboard.start.own')}
          </Button>
        </div>
      </section>
    </div>
  );
}
