/** Above every page while the books do not balance: what that means, and the way to what differs. */
import { ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../data/command';
import { PageLink } from '../parts/pages';
import classes from './StoppedBanner.module.css';

export function BooksBanner() {
  const { t } = useTranslation();
  const { data: workspace } = useCommand('workspace', []);
  if (workspace?.booksBalance !== false) return null;
  return (
    <section className={classes.banner} aria-label={t('frame.books.label')}>
      <ShieldAlert size="1rem" className={classes.icon} aria-hidden />
      <p className={classes.words} role="alert">
        <strong>{t('frame.books.what')}</strong> {t('frame.books.meaning')}
      </p>
      <PageLink page="credits">{t('frame.books.look')}</PageLink>
    </section>
  );
}
