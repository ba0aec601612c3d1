/** What a credit is worth. The old price is one press away, since it decides what clients are billed. */
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import { formatMoneyExact } from '../../kit/format';
import { undoToast } from '../../kit/toasts';
import { AmountForm } from './AmountForm';

type Props = { opened: boolean; price: string; onClose: () => void };

export function PriceForm({ opened, price, onClose }: Props) {
  const { t } = useTranslation();
  const set = useAct('creditPriceSet');
  return (
    <AmountForm
      opened={opened}
      title={t('credits.price.title')}
      submitLabel={t('credits.price.submit')}
      lead={t('credits.price.lead')}
      label={t('credits.price.amount')}
      kind="price"
      value={price}
      save={(amount) => set.mutateAsync([amount])}
      onSaved={(amount) =>
        undoToast(t('credits.price.done', { price: formatMoneyExact(amount) }), () => {
          set.mutateAsync([price]).catch(tell);
        })
      }
      onClose={onClose}
    />
  );
}
