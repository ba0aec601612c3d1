/** The two forms of the limits: how much may be spent in a period, and when to warn. */
import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { FormModal } from '../../kit/FormModal';
import { toast } from '../../kit/toasts';
import { isAmount, isPercent } from './amount';
import type { LimitRow } from './limits';
import { limitName, limitWords } from './limitWords';

export function LimitForm({ row, onClose }: { row: LimitRow; onClose: () => void }) {
  const { t } = useTranslation();
  const [amount, setAmount] = useState(row.wanted ?? '');
  const [error, setError] = useState<string | null>(null);
  const set = useAct('spendingLimitSet');
  const name = limitName(row);
  const submit = () => {
    const credits = amount.trim();
    if (!isAmount(credits)) return setError(t('credits.limits.bad'));
    set.mutate([row.scope, row.siteId, credits], {
      onSuccess: () => {
        toast('success', t('credits.limits.saved', { name }));
        onClose();
      },
      onError: (failure) => setError(wordsOf(faultOf(failure)).what),
    });
  };
  return (
    <FormModal
      opened
      title={t('credits.limits.formTitle', { name })}
      submitLabel={t('credits.limits.save')}
      busy={set.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text c="dimmed">{t(`credits.limits.meaning.${row.scope}`)}</Text>
      <TextInput
        label={t('credits.limits.amount')}
        description={limitWords(row)}
        inputMode="decimal"
        data-autofocus
        value={amount}
        error={error}
        onChange={(event) => {
          setError(null);
          setAmount(event.currentTarget.value);
        }}
      />
    </FormModal>
  );
}

type WarnProps = { opened: boolean; percent: number; onClose: () => void };

export function WarnForm({ opened, percent, onClose }: WarnProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const set = useAct('lowPercentSet');
  const close = () => {
    setTyped(null);
    setError(null);
    onClose();
  };
  const submit = () => {
    const text = (typed ?? String(percent)).trim();
    if (!isPercent(text)) return setError(t('credits.warn.bad'));
    set.mutate([Number(text)], {
      onSuccess: () => {
        toast('success', t('credits.warn.saved'));
        close();
      },
      onError: (failure) => setError(wordsOf(faultOf(failure)).what),
    });
  };
  return (
    <FormModal
      opened={opened}
      title={t('credits.warn.title')}
      submitLabel={t('credits.limits.save')}
      busy={set.isPending}
      onSubmit={submit}
      onClose={close}
    >
      <TextInput
        label={t('credits.warn.percent')}
        description={t('credits.warn.hint')}
        inputMode="numeric"
        data-autofocus
        value={typed ?? String(percent)}
        error={error}
        onChange={(event) => {
          setError(null);
          setTyped(event.currentTarget.value);
        }}
      />
    </FormModal>
  );
}
