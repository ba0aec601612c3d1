/** Stands in for a page of a site while there is none. */
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../kit/EmptyState';
import { PageLink } from './pages';

export function NoSite() {
  const { t } = useTranslation();
  return (
    <EmptyState
      drawing="site"
      sentence={t('frame.site.none')}
      action={
        <PageLink page="sites" open="new">
          {t('frame.site.add')}
        </PageLink>
      }
    />
  );
}
