/**
 * Looks now at what became of the articles on a site without us; what is news is in the notifications as well. And takes
 * away what of ours is of no use there.
 */
import { Button, Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Eye, Sparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { SiteView } from '../../host';
import { formatCount } from '../../kit/format';
import { actToast, toast } from '../../kit/toasts';
import { addressOf } from '../../parts/pages';

export function FollowingRow({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { mutate, isPending } = useAct('siteSync');
  const tidying = useAct('siteTidy');
  const look = () =>
    mutate([site.id], {
      onSuccess: ({ looked, events }) =>
        events.length === 0
          ? toast('success', t('following.nothingNew', { count: looked, site: site.name }))
          : actToast(
              'info',
              t('following.news', { count: events.length, site: site.name }),
              t('following.show'),
              () => {
                void navigate(addressOf('notifications'));
              },
            ),
      onError: tell,
    });
  const tidy = () =>
    tidying.mutate([site.id], {
      onSuccess: ({ posts, media }) =>
        toast(
          'success',
          posts + media === 0
            ? t('following.tidyNothing', { site: site.name })
            : t('following.tidied', { drafts: formatCount(posts), files: formatCount(media) }),
        ),
      onError: tell,
    });
  return (
    <Group mt="sm">
      <Button variant="default" leftSection={<Eye size="1rem" aria-hidden />} loading={isPending} onClick={look}>
        {t('following.look')}
      </Button>
      <Button
        variant="subtle"
        leftSection={<Sparkles size="1rem" aria-hidden />}
        loading={tidying.isPending}
        onClick={tidy}
        title={t('following.tidyHint')}
      >
        {t('following.tidy')}
      </Button>
    </Group>
  );
}
