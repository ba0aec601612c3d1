/** The two forms of the page: extra credits, and the monthly budget. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useKeyedAct } from '../../data/command';
import type { Balance } from '../../host';
import { formatCredits } from '../../kit/format';
import { toast } from '../../kit/toasts';
import { AmountForm } from './AmountForm';

/** Longest note that is kept. */
const MEMO_CHARS_MAX = 200;
type Props = { opened: boolean; onClose: () => void };

export function AddForm({ opened, onClose }: Props) {
  const { t } = useTranslation();
  const [memo, setMemo] = useState('');
  const grant = useKeyedAct('creditsGrant');
  return (
    <AmountForm
      opened={opened}
      title={t('credits.add.title')}
      submitLabel={t('credits.add.submit')}
      lead={t('credits.add.lead')}
      label={t('credits.add.amount')}
      kind="spent"
      value=""
      save={(credits) => grant.mutateAsync([credits, memo.trim()])}
      onSaved={() => toast('success', t('credits.add.done'))}
      onClose={() => {
        setMemo('');
        onClose();
      }}
    >
      <TextInput
        label={t('credits.add.memo')}
        description={t('credits.add.memoHint')}
        maxLength={MEMO_CHARS_MAX}
        value={memo}
        onChange={(event) => setMemo(event.currentTarget.value)}
      />
    </AmountForm>
  );
}

export function BudgetForm({ opened, balance, onClose }: Props & { balance: Balance }) {
  const { t } = useTranslation();
  const set = useAct('budgetSet');
  return (
    <AmountForm
      opened={opened}
      title={t('credits.budget.title')}
      submitLabel={t('credits.budget.submit')}
      lead={`${t('credits.budget.lead')} ${t('credits.budget.next', { budget: formatCredits(balance.monthGranted) })}`}
      label={t('credits.budget.amount')}
      kind="allowed"
      value={balance.monthlyBudget}
      save={(credits) => set.mutateAsync([credits])}
      onSaved={() => toast('success', t('credits.budget.done'))}
      onClose={onClose}
    />
  );
}
