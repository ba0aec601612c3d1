/** Asks when articles go out, in the zone of their site. */
import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../kit/clock';
import { FormModal } from '../kit/FormModal';
import { formatCount } from '../kit/format';
import { placementsOf, useScheduling } from './scheduling';

/** The first proposal: tomorrow at nine, when most sites are read. */
const PROPOSED_TIME = '09:00';
const DAY_MS = 86_400_000;
/** Most minutes between two articles: a week. */
const STEP_MAX = 10_080;
const STEP = 60;

type Props = {
  /** Ids of the articles; null while nothing is asked. */
  ids: readonly string[] | null;
  /** IANA zone of their site. */
  zone: string;
  onClose: () => void;
  onDone?: () => void;
};

export function ScheduleDialog({ ids, zone, onClose, onDone }: Props) {
  const { t } = useTranslation();
  // While it closes it shows what it asked.
  const [asked, setAsked] = useState(ids);
  if (ids !== null && ids !== asked) setAsked(ids);
  const count = asked?.length ?? 0;
  const proposed = useProposal(zone);
  const [wall, setWall] = useState<string | null>(null);
  const [step, setStep] = useState<number | string>(STEP);
  const [isBusy, setBusy] = useState(false);
  const schedule = useScheduling();
  const chosen = wall ?? proposed;
  const close = () => {
    setWall(null);
    onClose();
  };
  const submit = async () => {
    if (asked === null || chosen === '') return;
    setBusy(true);
    const isSet = await schedule(placementsOf(asked, chosen, Number(step) || 0));
    setBusy(false);
    if (!isSet) return;
    close();
    onDone?.();
  };
  return (
    <FormModal
      opened={ids !== null}
      title={t('schedule.title', { count, amount: formatCount(count) })}
      submitLabel={t('schedule.confirm')}
      busy={isBusy}
      onSubmit={() => void submit()}
      onClose={close}
    >
      <TextInput
        type="datetime-local"
        label={t('schedule.at')}
        description={t('schedule.atHint', { zone })}
        error={chosen === '' ? t('schedule.required') : undefined}
        value={chosen}
        onChange={(event) => setWall(event.currentTarget.value)}
        data-autofocus
      />
      {count > 1 && (
        <NumberInput
          label={t('schedule.step')}
          description={t('schedule.stepHint')}
          min={0}
          max={STEP_MAX}
          allowDecimal={false}
          value={step}
          onChange={setStep}
        />
      )}
    </FormModal>
  );
}

/** Tomorrow morning by the clocks of the zone. */
function useProposal(zone: string): string {
  const tomorrow = new Date(useNow().getTime() + DAY_MS);
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(tomorrow);
  return `${day}T${PROPOSED_TIME}`;
}
