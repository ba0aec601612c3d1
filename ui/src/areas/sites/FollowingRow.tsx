/** Looks now at what became of the articles on a site without us. What is news is in the notifications as well. */
import { Button, Group } from '@mantine/core';
import { Eye } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { SiteView } from '../../host';
import { toast } from '../../kit/toasts';

export function FollowingRow({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const { mutate, isPending } = useAct('siteSync');
  const look = () =>
    mutate([site.id], {
      onSuccess: ({ looked, events }) =>
        events.length === 0
          ? toast('success', t('following.nothingNew', { count: looked, site: site.name }))
          : toast('info', t('following.news', { count: events.length, site: site.name })),
      onError: tell,
    });
  return (
    <Group mt="sm">
      <Button variant="default" leftSection={<Eye size="1rem" aria-hidden />} loading={isPending} onClick={look}>
        {t('following.look')}
      </Button>
    </Group>
  );
}
