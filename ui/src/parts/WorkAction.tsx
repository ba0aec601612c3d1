/** The primary button of a page whose work is AI work: verb, number of items and price, asked anew as the data changes. */
import { useTranslation } from 'react-i18next';
import { useAct } from '../data/command';
import { wordsOf } from '../data/faults';
import { tell } from '../data/problems';
import { useEstimate, useIsRunning } from '../data/work';
import type { OperationRequest } from '../host';
import { PrimaryAction } from '../kit/PrimaryAction';
import { verbWords } from './workWords';

type Props = {
  request: OperationRequest;
  onStarted: (id: string) => void;
};

/** Renders nothing while the price is unknown, and when nothing waits. */
export function WorkAction({ request, onStarted }: Props) {
  const { t } = useTranslation();
  const { estimate, fault } = useEstimate(request);
  const isRunning = useIsRunning(request);
  const start = useAct('operationStart');
  const label = t(`status.function.${request.function}`);
  if (fault !== null && fault.code !== 'NothingToDo')
    return <PrimaryAction label={label} blocked={wordsOf(fault).what} onPress={() => {}} />;
  if (estimate === null) return null;
  return (
    <PrimaryAction
      label={verbWords(request.function, estimate.items)}
      price={estimate}
      busy={start.isPending}
      blocked={isRunning ? t('work.running') : estimate.isAffordable ? undefined : t('work.price.short')}
      onPress={() => start.mutate([request], { onSuccess: onStarted, onError: tell })}
    />
  );
}
