/** Shown for an address that no page has. */
import { Button } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../kit/Page';
import { BrandedScreen } from './BrandedScreen';
import { HOME } from './nav';

export function NotFound() {
  const { t } = useTranslation();
  const router = useRouter();
  return (
    <Page title={t('frame.page.notFound')}>
      <BrandedScreen title={t('frame.notFound.title')} sentence={t('frame.notFound.sentence')}>
        <Button component={Link} to={HOME}>
          {t('frame.notFound.home')}
        </Button>
        <Button variant="default" onClick={() => router.history.back()}>
          {t('frame.notFound.back')}
        </Button>
        <Button variant="subtle" component={Link} to="/help">
          {t('frame.notFound.help')}
        </Button>
      </BrandedScreen>
    </Page>
  );
}
