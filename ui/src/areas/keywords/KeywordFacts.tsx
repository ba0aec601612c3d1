/** The footer of the keywords page: how much of the site is clustered, and what came of it. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { formatCount, formatShare } from '../../kit/format';
import { FooterFacts } from '../../parts/FooterFacts';

export function KeywordFacts({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const { data: done } = useCommand('completion', [siteId, 'all']);
  if (done === undefined) return null;
  const waiting = done.keywords - done.keywordsMapped - done.keywordsLeftOut;
  return (
    <>
      <FooterFacts
        slot="page-progress"
        label={t('keywords.facts.page')}
        facts={[{ label: t('keywords.facts.clustered'), value: formatShare(done.keywordsMapped, done.keywords) }]}
      />
      <FooterFacts
        slot="module-statistics"
        label={t('keywords.facts.module')}
        facts={[
          // One of the two: the widget leaves no room for both.
          waiting === 0 && done.keywordsLeftOut > 0
            ? { label: t('keywords.facts.leftOut'), value: formatCount(done.keywordsLeftOut) }
            : { label: t('keywords.facts.waiting'), value: formatCount(waiting) },
        ]}
      />
    </>
  );
}
