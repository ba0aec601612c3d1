/** Help that is part of the app: the path of an article, what things cost, and what works without a network. */
import { List, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../../kit/Page';

const STEPS = ['site', 'keywords', 'clusters', 'ideas', 'drafts', 'review'] as const;
const SECTIONS = ['money', 'offline', 'keys'] as const;

export function HelpPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('frame.page.help')} width="reading">
      <Text>{t('help.lead')}</Text>
      <Title order={2} mt="xl" mb="sm">
        {t('help.pathTitle')}
      </Title>
      <List type="ordered" spacing="sm">
        {STEPS.map((step) => (
          <List.Item key={step}>{t(`help.path.${step}`)}</List.Item>
        ))}
      </List>
      {SECTIONS.map((section) => (
        <section key={section}>
          <Title order={2} mt="xl" mb="sm">
            {t(`help.${section}Title`)}
          </Title>
          <Text>{t(`help.${section}`)}</Text>
        </section>
      ))}
    </Page>
  );
}
