/** Takes the password back at the site and forgets it here, or says that only the second could be done. */
import { Button } from '@mantine/core';
import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { wordsOf } from '../../data/faults';
import { tell } from '../../data/problems';
import type { SiteDisconnected, SiteView } from '../../host';
import { ConfirmPopover } from '../../kit/ConfirmPopover';
import { toast } from '../../kit/toasts';
import { hostOf } from './useConnection';

export function DisconnectButton({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const { mutate, isPending } = useAct('siteDisconnect');
  const told = ({ host, isRevoked, failure, note }: SiteDisconnected) => {
    if (isRevoked) return toast('success', t('sites.disconnect.revoked', { host }));
    const { what } = wordsOf({ code: 'Site', detail: { host, failure, note } });
    return toast('warning', t('sites.disconnect.forgotten', { host }), [what, t('sites.disconnect.byHand')].join(' '));
  };
  return (
    <ConfirmPopover
      question={t('sites.disconnect.question', { host: hostOf(site.url) })}
      confirmLabel={t('sites.disconnect.confirm')}
      onConfirm={() => mutate([site.id], { onSuccess: told, onError: tell })}
    >
      {(ask) => (
        <Button variant="default" leftSection={<Unplug size="1rem" aria-hidden />} loading={isPending} onClick={ask}>
          {t('sites.disconnect.act')}
        </Button>
      )}
    </ConfirmPopover>
  );
}
