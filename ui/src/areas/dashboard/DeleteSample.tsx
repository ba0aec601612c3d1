/** Takes the sample workspace away in one click, and offers it back. */
import { Button } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useUndoable } from '../../data/undo';
import type { SiteView } from '../../host';

export function DeleteSample({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const remove = useUndoable(
    'sampleDelete',
    'siteRestore',
    () => [site.id],
    () => t('dashboard.sample.removed'),
  );
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<Trash2 size="1rem" aria-hidden />}
      onClick={() => void remove([])}
    >
      {t('dashboard.sample.remove')}
    </Button>
  );
}
