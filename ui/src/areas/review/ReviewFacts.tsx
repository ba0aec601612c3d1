/** How many articles wait, and how many are out, in the footer. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { formatCount } from '../../kit/format';
import { FooterFacts } from '../../parts/FooterFacts';

export function ReviewFacts({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const { data: done } = useCommand('completion', [siteId, 'all']);
  if (done === undefined) return null;
  return (
    <FooterFacts
      slot="page-progress"
      label={t('review.facts')}
      facts={[{ label: t('review.fact.approved'), value: formatCount(done.approved) }]}
    />
  );
}
