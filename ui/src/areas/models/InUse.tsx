/** What is in use: the switch between the two sets, what of it is ending, and which model does what. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import { ErrorState } from '../../kit/ErrorState';
import { TextSkeleton } from '../../kit/Skeletons';
import { ModeSwitch } from './ModeSwitch';
import classes from './models.module.css';
import { Radar } from './Radar';
import { RoleTable } from './RoleTable';

export function InUse() {
  const { t } = useTranslation();
  const roles = useCommand('modelRoles', []);
  const models = useCommand('models', []);
  const problem = problemOf(roles.error ?? models.error);
  const retry = () => {
    void roles.refetch();
    void models.refetch();
  };
  if (problem !== null) return <ErrorState problem={problem} onRetry={retry} />;
  if (roles.data === undefined || models.data === undefined)
    return (
      <div className={classes.use}>
        <TextSkeleton />
      </div>
    );
  return (
    <section className={classes.use} aria-label={t('models.tab.use')}>
      <ModeSwitch mode={roles.data.mode} />
      <Radar />
      <RoleTable roles={roles.data} models={models.data} />
    </section>
  );
}
