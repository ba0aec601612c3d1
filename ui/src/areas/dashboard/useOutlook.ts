/** What a run of the pipeline would do and cost now, asked of the host for every stage that costs. */
import { useState } from 'react';
import { useCommand } from '../../data/command';
import { faultOf } from '../../data/fault';
import type { AiFunctionView } from '../../host';
import { type Outlook, outlookOf, PAID_STAGES, type StagePrice } from './pipeline';

/** Null until all stages have answered; afterwards the last whole answer, while a newer one is on its way. */
export function useOutlook(siteId: string, queueable: number): Outlook | null {
  const [clusters, ideas, drafts, prompts, images] = PAID_STAGES;
  const stages = [
    useStage(clusters, siteId),
    useStage(ideas, siteId),
    useStage(drafts, siteId),
    useStage(prompts, siteId),
    useStage(images, siteId),
  ];
  const [kept, setKept] = useState<{ outlook: Outlook; words: string } | null>(null);
  if (stages.some(({ isAsking }) => isAsking)) return kept?.outlook ?? null;
  const outlook = outlookOf(stages, queueable);
  const words = JSON.stringify(outlook);
  if (words !== kept?.words) setKept({ outlook, words });
  return outlook;
}

function useStage(fn: AiFunctionView, siteId: string): StagePrice & { isAsking: boolean } {
  const { data, error, isFetching } = useCommand('estimate', [{ function: fn, siteId, ids: [] }]);
  return {
    fn,
    estimate: error === null ? (data ?? null) : null,
    fault: error === null ? null : faultOf(error),
    isAsking: isFetching,
  };
}
