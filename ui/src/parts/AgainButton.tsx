/** Makes pictures anew, or for the first time, at a price that stands on the button. */
import { Button, Tooltip } from '@mantine/core';
import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../data/command';
import { wordsOf } from '../data/faults';
import { tell } from '../data/problems';
import { useEstimate } from '../data/work';
import type { ImageView, OperationRequest } from '../host';
import { formatCredits } from '../kit/format';

type Props = {
  siteId: string;
  images: readonly Pick<ImageView, 'id' | 'status'>[];
  /** Why it has to wait, such as a description that is not saved. */
  blocked?: string | undefined;
  onStarted?: ((operationId: string) => void) | undefined;
};

/** Renders nothing without a picture to make. */
export function AgainButton({ siteId, images, blocked, onStarted }: Props) {
  const { t } = useTranslation();
  const request = requestFor(siteId, images);
  const { estimate, fault } = useEstimate(request);
  const start = useAct('operationStart');
  if (request === null) return null;
  const hasPicture = images.some(({ status }) => status !== 'pending');
  const verb = t(hasPicture ? 'pictures.again' : 'pictures.make', { count: images.length });
  const short = estimate !== null && !estimate.isAffordable ? t('work.price.short') : undefined;
  const reason = blocked ?? (fault === null ? short : wordsOf(fault).what);
  const price = estimate === null ? null : creditsOf(estimate.credits);
  const after = estimate === null ? '' : t('kit.balanceAfter', { credits: creditsOf(estimate.balanceAfter) });
  return (
    <Tooltip label={reason ?? after} disabled={reason === undefined && after === ''}>
      <Button
        variant="default"
        leftSection={<RefreshCw size="1rem" aria-hidden />}
        loading={start.isPending}
        data-disabled={reason !== undefined || estimate === null}
        aria-disabled={reason !== undefined || estimate === null}
        onClick={() => {
          if (reason !== undefined || estimate === null) return;
          start.mutate([request], { onSuccess: (id) => onStarted?.(id), onError: tell });
        }}
      >
        {price === null ? verb : `${verb} · ${t('kit.aboutCredits', { credits: price })}`}
      </Button>
    </Tooltip>
  );

  function creditsOf(amount: string): string {
    return t('kit.credits', { count: Number(amount), amount: formatCredits(amount) });
  }
}

function requestFor(siteId: string, images: Props['images']): OperationRequest | null {
  if (images.length === 0) return null;
  return { function: 'generate_images', siteId, ids: images.map(({ id }) => id), regenerate: true };
}
