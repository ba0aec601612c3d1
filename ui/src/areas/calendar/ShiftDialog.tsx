/** Asks by how many days cards move; each keeps its clock time. */
import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormModal } from '../../kit/FormModal';
import { formatCount } from '../../kit/format';

/** A year; what is meant to go further is a slip of the hand. */
const DAYS_MAX = 366;

type Props = {
  opened: boolean;
  /** How many cards move. */
  count: number;
  /** Moves them; answers whether they were moved. */
  onShift: (days: number) => Promise<boolean>;
  onClose: () => void;
};

export function ShiftDialog({ opened, count, onShift, onClose }: Props) {
  const { t } = useTranslation();
  const [days, setDays] = useState<number | string>(1);
  const [isBusy, setBusy] = useState(false);
  const isNothing = !Number.isInteger(days) || days === 0;
  const submit = async () => {
    if (typeof days !== 'number' || isNothing) return;
    setBusy(true);
    const isMoved = await onShift(days);
    setBusy(false);
    if (isMoved) onClose();
  };
  return (
    <FormModal
      opened={opened}
      title={t('calendar.shift.title', { count, amount: formatCount(count) })}
      submitLabel={t('calendar.shift.confirm')}
      busy={isBusy}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <NumberInput
        label={t('calendar.shift.days')}
        description={t('calendar.shift.hint')}
        error={isNothing ? t('calendar.shift.required') : undefined}
        min={-DAYS_MAX}
        max={DAYS_MAX}
        allowDecimal={false}
        value={days}
        onChange={setDays}
        data-autofocus
      />
    </FormModal>
  );
}
