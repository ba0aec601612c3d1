/** How much AI work runs and how much failed, in the footer; of all sites, whatever the list shows. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { NO_FILTER } from '../../data/list';
import type { ListQuery } from '../../host';
import { formatCount } from '../../kit/format';
import { FooterFacts } from '../../parts/FooterFacts';

const RUNNING = query('pending');
const INTERRUPTED = query('interrupted');
const FAILED = query('error');

export function OperationFacts() {
  const { t } = useTranslation();
  const running = useCommand('operations', [RUNNING], { keep: true });
  const interrupted = useCommand('operations', [INTERRUPTED], { keep: true });
  const failed = useCommand('operations', [FAILED], { keep: true });
  if (running.data === undefined || interrupted.data === undefined || failed.data === undefined) return null;
  return (
    <FooterFacts
      slot="page-progress"
      label={t('operations.factsOf')}
      facts={[
        { label: t('operations.facts.running'), value: formatCount(running.data.total) },
        { label: t('operations.facts.interrupted'), value: formatCount(interrupted.data.total) },
        { label: t('operations.facts.failed'), value: formatCount(failed.data.total) },
      ]}
    />
  );
}

function query(status: string): ListQuery {
  return { filter: { ...NO_FILTER, status: [status] }, sort: null, cursor: null, limit: 1 };
}
