/** The primary button of a page whose work is AI work: verb, number of items and price, asked anew as the data changes. */
import { useTranslation } from 'react-i18next';
import { useIsRunning } from '../data/work';
import type { OperationRequest } from '../host';
import { PricedButton } from '../kit/PricedButton';
import { usePaidWork } from './paidWork';
import { verbWords } from './workWords';

type Props = {
  request: OperationRequest;
  onStarted: (id: string) => void;
};

/** Renders nothing while the price is unknown, and when nothing waits. */
export function WorkAction({ request, onStarted }: Props) {
  const { t } = useTranslation();
  const { price, isNothing, busy, blocked, start } = usePaidWork(request, onStarted);
  const isRunning = useIsRunning(request);
  if (isNothing || (price === null && blocked === undefined)) return null;
  return (
    <PricedButton
      variant="filled"
      label={price === null ? t(`status.function.${request.function}`) : verbWords(request.function, price.items)}
      price={price}
      busy={busy}
      blocked={isRunning ? t('work.running') : blocked}
      onPress={start}
    />
  );
}
