/** How far the ideas of a site are, in the footer; always of the whole site. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { formatCount } from '../../kit/format';
import { FooterFacts } from '../../parts/FooterFacts';

export function IdeaFacts({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const { data } = useCommand('completion', [siteId, 'all'], { keep: true });
  if (data === undefined) return null;
  return (
    <>
      <FooterFacts
        slot="page-progress"
        label={t('ideas.factsOf')}
        facts={[
          {
            label: t('ideas.facts.written'),
            value: `${formatCount(data.ideasCompleted)}/${formatCount(data.ideas)}`,
          },
        ]}
      />
      <FooterFacts
        slot="module-statistics"
        label={t('ideas.plannerFacts')}
        facts={[{ label: t('ideas.facts.queued'), value: formatCount(data.tasksQueued) }]}
      />
    </>
  );
}
