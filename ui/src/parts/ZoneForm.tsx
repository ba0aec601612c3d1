/** The zone in which days and months turn: chosen from those this computer knows. */
import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../data/command';
import { faultOf } from '../data/fault';
import { wordsOf } from '../data/faults';
import { FormModal } from '../kit/FormModal';
import { toast } from '../kit/toasts';

type Props = { opened: boolean; zone: string; onClose: () => void };

/** Zones shown at once; typing finds the others. */
const ZONES_SHOWN_MAX = 50;

export function ZoneForm({ opened, zone, onClose }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const set = useAct('zoneSet');
  const close = () => {
    setChosen(null);
    setError(null);
    onClose();
  };
  const submit = () => {
    const wanted = chosen ?? zone;
    set.mutate([wanted], {
      onSuccess: () => {
        toast('success', t('credits.zone.done', { zone: wanted }));
        close();
      },
      onError: (failure) => setError(wordsOf(faultOf(failure)).what),
    });
  };
  return (
    <FormModal
      opened={opened}
      title={t('credits.zone.title')}
      submitLabel={t('credits.zone.submit')}
      busy={set.isPending}
      onSubmit={submit}
      onClose={close}
    >
      <Text c="dimmed">{t('credits.zone.lead')}</Text>
      <Select
        label={t('credits.zone.label')}
        description={t('credits.zone.hint')}
        searchable
        allowDeselect={false}
        limit={ZONES_SHOWN_MAX}
        data={zones(zone)}
        value={chosen ?? zone}
        error={error}
        onChange={(name) => {
          setError(null);
          setChosen(name);
        }}
      />
    </FormModal>
  );
}

/** All zones, with the present one and UTC, which not every list has. */
function zones(present: string): string[] {
  return [...new Set([present, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
}
