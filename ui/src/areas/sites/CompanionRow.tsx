/** A plugin to put on the site, so that title and description for search results have a place there. Offered, never needed. */
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { SiteView } from '../../host';
import { toast } from '../../kit/toasts';

export function CompanionRow({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const { mutate, isPending } = useAct('companionSave');
  const isWanting = site.probe?.seoPaths.some(({ way }) => way === 'excerpt') ?? false;
  if (!isWanting) return null;
  const save = () =>
    mutate([], {
      // Nothing was written when the dialog was left.
      onSuccess: (path) => path !== null && toast('success', t('sites.companion.saved', { path })),
      onError: tell,
    });
  return (
    <Group justify="space-between" mt="sm" wrap="nowrap">
      <Text size="sm" c="dimmed">
        {t('sites.companion.lead')}
      </Text>
      <Button variant="subtle" flex="none" loading={isPending} onClick={save}>
        {t('sites.companion.save')}
      </Button>
    </Group>
  );
}
