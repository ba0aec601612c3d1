/** Begins a run of a site: what it costs stands on the button, stage by stage in the question that comes first. */
import { Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { useHalt } from '../../data/spending';
import { PricedButton } from '../../kit/PricedButton';
import { isShort, priceOf } from './pipeline';
import { RunDialog } from './RunDialog';

type Props = {
  siteId: string;
  label: string;
  /** `filled` for the one primary button of a page. */
  variant?: 'filled' | 'default';
};

export function RunButton({ siteId, label, variant = 'default' }: Props) {
  const { t } = useTranslation();
  const { data, error, isPlaceholderData } = useCommand('pipelineEstimate', [siteId], { keep: true });
  const halt = useHalt();
  const [isAsking, setAsking] = useState(false);
  const fault = error === null ? null : faultOf(error);
  const estimate = fault !== null || isPlaceholderData ? null : (data ?? null);
  const short = estimate !== null && isShort(estimate) ? t('work.price.short') : undefined;
  const why = halt ?? fault;
  return (
    <>
      <PricedButton
        variant={variant}
        label={label}
        icon={<Play size="1rem" aria-hidden />}
        price={estimate === null ? null : priceOf(estimate)}
        blocked={why === null ? short : wordsOf(why).what}
        onPress={() => setAsking(true)}
      />
      {estimate !== null && (
        <RunDialog siteId={siteId} opened={isAsking} estimate={estimate} onClose={() => setAsking(false)} />
      )}
    </>
  );
}
