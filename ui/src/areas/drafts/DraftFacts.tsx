/** How far the drafts and the writer as a whole are, in the footer. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { formatCount } from '../../kit/format';
import { FooterFacts } from '../../parts/FooterFacts';

export function DraftFacts({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const { data: done } = useCommand('completion', [siteId, 'all']);
  if (done === undefined) return null;
  return (
    <>
      <FooterFacts
        slot="page-progress"
        label={t('frame.page.drafts')}
        facts={[{ label: t('drafts.fact.queued'), value: formatCount(done.tasksQueued) }]}
      />
      <FooterFacts
        slot="module-statistics"
        label={t('drafts.facts')}
        facts={[
          ...(done.tasksFailed + done.imagesFailed === 0
            ? []
            : [{ label: t('drafts.fact.failed'), value: formatCount(done.tasksFailed + done.imagesFailed) }]),
        ]}
      />
    </>
  );
}
