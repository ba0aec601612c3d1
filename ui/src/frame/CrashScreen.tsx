/** Shown in place of a page that stopped working; the frame around it still does. */
import { Button } from '@mantine/core';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../kit/Page';
import { BrandedScreen } from './BrandedScreen';
import { HOME } from './nav';

export function CrashScreen({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <Page title={t('frame.crash.title')}>
      <BrandedScreen
        title={t('frame.crash.title')}
        sentence={t('frame.crash.sentence')}
        details={error instanceof Error ? error.message : String(error)}
      >
        <Button onClick={reset}>{t('frame.crash.reload')}</Button>
        <Button variant="default" component={Link} to={HOME}>
          {t('frame.notFound.home')}
        </Button>
        <Button variant="subtle" component={Link} to="/help">
          {t('frame.notFound.help')}
        </Button>
      </BrandedScreen>
    </Page>
  );
}
