/** The two forms of the page: extra credits, and the monthly budget. */
import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useKeyedAct } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { FormModal } from '../../kit/FormModal';
import { formatCredits } from '../../kit/format';
import { toast } from '../../kit/toasts';
import { amountTrouble } from './amount';
import { amountProblem, outOfRange } from './amountWords';
import { ValueForm } from './ValueForm';

/** Longest note that is kept. */
const MEMO_CHARS_MAX = 200;
type Props = { opened: boolean; onClose: () => void };

export function AddForm({ opened, onClose }: Props) {
  const { t } = useTranslation();
  const [amount, setAmount] = useState('');
  const [memo, setMemo] = useState('');
  const [error, setError] = useState<string | null>(null);
  const grant = useKeyedAct('creditsGrant');
  const close = () => {
    setAmount('');
    setMemo('');
    setError(null);
    onClose();
  };
  const submit = () => {
    const credits = amount.trim();
    const trouble = amountTrouble(credits);
    if (trouble === 'range') return setError(outOfRange());
    if (trouble === 'bad' || Number(credits) === 0) return setError(t('credits.add.bad'));
    grant.mutate([credits, memo.trim()], {
      onSuccess: () => {
        toast('success', t('credits.add.done'));
        close();
      },
      onError: (failure) => setError(wordsOf(faultOf(failure)).what),
    });
  };
  return (
    <FormModal
      opened={opened}
      title={t('credits.add.title')}
      submitLabel={t('credits.add.submit')}
      busy={grant.isPending}
      onSubmit={submit}
      onClose={close}
    >
      <Text c="dimmed">{t('credits.add.lead')}</Text>
      <TextInput
        label={t('credits.add.amount')}
        inputMode="decimal"
        data-autofocus
        value={amount}
        error={error}
        onChange={(event) => {
          setError(null);
          setAmount(event.currentTarget.value);
        }}
      />
      <TextInput
        label={t('credits.add.memo')}
        description={t('credits.add.memoHint')}
        maxLength={MEMO_CHARS_MAX}
        value={memo}
        onChange={(event) => setMemo(event.currentTarget.value)}
      />
    </FormModal>
  );
}

export function BudgetForm({ opened, budget, onClose }: Props & { budget: string }) {
  const { t } = useTranslation();
  const set = useAct('budgetSet');
  return (
    <ValueForm
      opened={opened}
      title={t('credits.budget.title')}
      submitLabel={t('credits.budget.submit')}
      lead={`${t('credits.budget.lead')} ${t('credits.budget.next', { budget: formatCredits(budget) })}`}
      label={t('credits.budget.amount')}
      value={budget}
      problem={(credits) => amountProblem(credits, t('credits.budget.bad'))}
      save={(credits) => set.mutateAsync([credits])}
      onSaved={() => toast('success', t('credits.budget.done'))}
      onClose={onClose}
    />
  );
}
