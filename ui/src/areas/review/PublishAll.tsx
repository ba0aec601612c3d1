/** The primary button of the approved list: everything that may go out, after one question. */
import { Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { useHost } from '../../data/host';
import { NO_FILTER } from '../../data/list';
import { tell } from '../../data/problems';
import type { Scope } from '../../data/scope';
import type { ListFilter, SiteView } from '../../host';
import { formatCount } from '../../kit/format';
import { PrimaryAction } from '../../kit/PrimaryAction';
import { everything } from '../../kit/table/selection';
import { PublishDialog } from '../../parts/PublishDialog';
import { isPublishable, type PublishRequest, publishable, WAITING } from '../../parts/publishing';

/** Articles that the question knows by title, and as outlines; a page of a list carries no more. */
const KNOWN_ROWS = 500;

type Props = { site: SiteView; sector: Scope['sector'] };

export function PublishAll({ site, sector }: Props) {
  const { t } = useTranslation();
  const { commands } = useHost();
  const [asked, setAsked] = useState<PublishRequest | null>(null);
  const all: ListFilter = { ...NO_FILTER, siteId: site.id, sectorId: sector?.id ?? null, status: ['approved'] };
  const query = { filter: { ...all, delivery: [...WAITING] }, sort: null, cursor: null, limit: KNOWN_ROWS };
  const { data } = useCommand('contents', [query], { keep: true });
  // Those on their way are counted among the others, until somebody looks at them.
  const onTheirWay = data?.rows.filter((row) => !isPublishable(row)).length ?? 0;
  const count = (data?.total ?? 0) - onTheirWay;
  if (data === undefined || count === 0) return null;
  const ask = () => {
    publishable(commands, everything(), all, data.rows).then(setAsked).catch(tell);
  };
  return (
    <>
      <PrimaryAction
        label={t('review.publishAll', { count, amount: formatCount(count) })}
        icon={<Send size="1rem" aria-hidden />}
        onPress={ask}
      />
      <PublishDialog request={asked} site={site.name} onClose={() => setAsked(null)} />
    </>
  );
}
