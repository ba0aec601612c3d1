/** How far the clusters of a site are, in the footer; always of the whole site. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { formatCount } from '../../kit/format';
import { FooterFacts } from '../../parts/FooterFacts';

export function ClusterFacts({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const { data } = useCommand('completion', [siteId, 'all'], { keep: true });
  if (data === undefined) return null;
  const of = (part: number, whole: number) => `${formatCount(part)}/${formatCount(whole)}`;
  return (
    <>
      <FooterFacts
        slot="page-progress"
        label={t('clusters.factsOf')}
        facts={[{ label: t('clusters.facts.withIdeas'), value: of(data.clustersMapped, data.clusters) }]}
      />
      <FooterFacts
        slot="module-statistics"
        label={t('clusters.plannerFacts')}
        facts={[
          {
            label: t('clusters.facts.ideasWaiting'),
            value: formatCount(data.ideas - data.ideasQueued - data.ideasCompleted),
          },
        ]}
      />
    </>
  );
}
