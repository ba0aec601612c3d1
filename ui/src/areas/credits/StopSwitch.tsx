/** Stops all paid work at once; asks first, and says what stays. While it is stopped, the frame offers the way back. */
import { Button } from '@mantine/core';
import { OctagonX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import { useIsStopped } from '../../data/spending';
import { ConfirmPopover } from '../../kit/ConfirmPopover';

export function StopSwitch() {
  const { t } = useTranslation();
  const isStopped = useIsStopped();
  const stop = useAct('spendingStop');
  if (isStopped) return null;
  return (
    <ConfirmPopover
      question={t('credits.stop.question')}
      confirmLabel={t('credits.stop.button')}
      onConfirm={() => stop.mutate([], { onError: tell })}
    >
      {(open) => (
        <Button
          variant="outline"
          color="danger"
          leftSection={<OctagonX size="1rem" aria-hidden />}
          loading={stop.isPending}
          onClick={open}
        >
          {t('credits.stop.button')}
        </Button>
      )}
    </ConfirmPopover>
  );
}
