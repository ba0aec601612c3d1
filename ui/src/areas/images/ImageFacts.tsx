/** How many images of the site are there, in the footer. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { formatCount } from '../../kit/format';
import { FooterFacts } from '../../parts/FooterFacts';

export function ImageFacts({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const { data: done } = useCommand('completion', [siteId, 'all']);
  if (done === undefined) return null;
  const { images, imagesGenerated: ready, imagesFailed: failed } = done;
  return (
    <>
      <FooterFacts
        slot="page-progress"
        label={t('images.facts')}
        facts={[{ label: t('images.fact.ready'), value: `${formatCount(ready)}/${formatCount(images)}` }]}
      />
      <FooterFacts
        slot="module-statistics"
        label={t('images.facts')}
        facts={[
          { label: t('images.fact.waiting'), value: formatCount(images - ready - failed) },
          { label: t('images.fact.failed'), value: formatCount(failed) },
        ]}
      />
    </>
  );
}
