/** The one step from a model that has ended, or ends soon, to another: wherever it is asked, the other is asked then. */
import { Button } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../data/command';
import { tell } from '../data/problems';
import type { ModelView } from '../host';
import { toast } from '../kit/toasts';

type Props = { from: ModelView; to: ModelView };

export function ModelSwitch({ from, to }: Props) {
  const { t } = useTranslation();
  const act = useAct('modelSwitch');
  const values = { from: from.displayName, to: to.displayName };
  return (
    <Button
      variant="default"
      rightSection={<ArrowRight size="1rem" aria-hidden />}
      loading={act.isPending}
      onClick={() =>
        act.mutate([from.id, to.id], {
          onSuccess: (count) => toast('success', t('models.radar.switched', { ...values, count })),
          onError: tell,
        })
      }
    >
      {t('models.radar.switch', { model: to.displayName })}
    </Button>
  );
}
