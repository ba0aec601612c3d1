/** What a credit is worth. The old price is one press away, since it decides what clients are billed. */
import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { tell } from '../../data/problems';
import { FormModal } from '../../kit/FormModal';
import { formatMoneyExact } from '../../kit/format';
import { undoToast } from '../../kit/toasts';
import { CREDIT_PRICE_MAX, isPrice } from './amount';

type Props = { opened: boolean; price: string; onClose: () => void };

export function PriceForm({ opened, price, onClose }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const set = useAct('creditPriceSet');
  const close = () => {
    setTyped(null);
    setError(null);
    onClose();
  };
  const submit = () => {
    const amount = (typed ?? price).trim();
    if (!isPrice(amount)) return setError(t('credits.price.bad', { most: CREDIT_PRICE_MAX }));
    set.mutate([amount], {
      onSuccess: () => {
        undoToast(t('credits.price.done', { price: formatMoneyExact(amount) }), () => {
          set.mutateAsync([price]).catch(tell);
        });
        close();
      },
      onError: (failure) => setError(wordsOf(faultOf(failure)).what),
    });
  };
  return (
    <FormModal
      opened={opened}
      title={t('credits.price.title')}
      submitLabel={t('credits.price.submit')}
      busy={set.isPending}
      onSubmit={submit}
      onClose={close}
    >
      <Text c="dimmed">{t('credits.price.lead')}</Text>
      <TextInput
        label={t('credits.price.amount')}
        inputMode="decimal"
        data-autofocus
        value={typed ?? price}
        error={error}
        onChange={(event) => {
          setError(null);
          setTyped(event.currentTarget.value);
        }}
      />
    </FormModal>
  );
}
