/** Stands in for a page of a site while there is none. */
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../kit/EmptyState';
import { addressOf } from './pages';

export function NoSite() {
  const { t } = useTranslation();
  return (
    <EmptyState
      drawing="site"
      sentence={t('frame.site.noneYet')}
      action={
        <Button component={Link} variant="default" {...addressOf('sites', 'new')}>
          {t('frame.site.add')}
        </Button>
      }
    />
  );
}
