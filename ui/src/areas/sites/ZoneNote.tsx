/** What is to be said of a site whose clocks do not go as those its articles are planned by here. */
import { Alert, Button, Text } from '@mantine/core';
import { Clock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { SiteView } from '../../host';
import { toast } from '../../kit/toasts';
import { toneColor } from '../../kit/tone';
import { draftOf, valuesOf } from './siteForm';

export function ZoneNote({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const { mutate, isPending } = useAct('siteUpdate');
  const { clock, timezone = '' } = site.probe ?? {};
  if (clock !== 'other' && clock !== 'fixed') return null;
  const zones = { theirs: timezone, ours: site.zone };
  const take = () =>
    mutate([site.id, { ...draftOf(valuesOf(site)), zone: timezone }], {
      onSuccess: () => toast('success', t('sites.clock.taken', { name: site.name, zone: timezone })),
      onError: tell,
    });
  return (
    <Alert
      color={toneColor('warning')}
      icon={<Clock size="1rem" aria-hidden />}
      title={t(`sites.clock.${clock}`, zones)}
    >
      <Text size="sm">{t(`sites.clock.${clock}Advice`, zones)}</Text>
      {clock === 'other' && (
        <Button variant="default" size="xs" mt="sm" loading={isPending} onClick={take}>
          {t('sites.clock.take', { zone: timezone })}
        </Button>
      )}
    </Alert>
  );
}
