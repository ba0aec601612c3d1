/** The page's line in the footer: how many models can be asked, and how many of those in use are ending. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { formatCount } from '../../kit/format';
import { FooterFacts } from '../../parts/FooterFacts';

export function ModelFacts() {
  const { t } = useTranslation();
  const { data: models } = useCommand('models', []);
  const { data: ending } = useCommand('modelsEnding', []);
  const { data: providers } = useCommand('providers', []);
  if (models === undefined || ending === undefined || providers === undefined) return null;
  const ready = models.filter(({ state }) => state === 'ready').length;
  return (
    <FooterFacts
      slot="page-progress"
      label={t('models.factsOf')}
      facts={[
        { label: t('models.facts.ready'), value: formatCount(ready) },
        { label: t('models.facts.ending'), value: formatCount(ending.length) },
        { label: t('models.facts.providers'), value: formatCount(providers.length) },
      ]}
    />
  );
}
