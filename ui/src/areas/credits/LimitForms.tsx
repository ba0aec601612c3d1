/** The two forms of the limits: how much may be spent in a period, and when to warn. */
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { toast } from '../../kit/toasts';
import { AmountForm } from './AmountForm';
import type { LimitRow } from './limits';
import { limitName, limitWords } from './limitWords';

export function LimitForm({ row, onClose }: { row: LimitRow; onClose: () => void }) {
  const { t } = useTranslation();
  const set = useAct('spendingLimitSet');
  const name = limitName(row);
  return (
    <AmountForm
      opened
      title={t('credits.limits.formTitle', { name })}
      submitLabel={t('credits.limits.save')}
      lead={t(`credits.limits.meaning.${row.scope}`)}
      label={t('credits.limits.amount')}
      hint={limitWords(row)}
      kind="allowed"
      value={row.wanted ?? ''}
      save={(credits) => set.mutateAsync([row.scope, row.siteId, credits])}
      onSaved={() => toast('success', t('credits.limits.saved', { name }))}
      onClose={onClose}
    />
  );
}

type WarnProps = { opened: boolean; percent: number; onClose: () => void };

export function WarnForm({ opened, percent, onClose }: WarnProps) {
  const { t } = useTranslation();
  const set = useAct('lowPercentSet');
  return (
    <AmountForm
      opened={opened}
      title={t('credits.warn.title')}
      submitLabel={t('credits.limits.save')}
      label={t('credits.warn.percent')}
      hint={t('credits.warn.hint')}
      kind="percent"
      value={String(percent)}
      save={(text) => set.mutateAsync([Number(text)])}
      onSaved={() => toast('success', t('credits.warn.saved'))}
      onClose={onClose}
    />
  );
}
