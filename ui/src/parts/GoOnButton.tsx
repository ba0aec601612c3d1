/**
 * Goes on with what was interrupted or paused, at a price that stands on the button. Work by itself goes on at once; a run asks
 * first, stage by stage, as it did when it began. What has nothing left to be paid only comes to its end.
 */
import { Button, Tooltip } from '@mantine/core';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PricedButton } from '../kit/PricedButton';
import { GoOnDialog } from './GoOnDialog';
import { type Interrupted, priceToGoOn, useGoOn } from './goOn';

type Props = {
  what: Interrupted;
  /** Something else is being done with it. */
  busy: boolean;
};

export function GoOnButton({ what, busy }: Props) {
  const { t } = useTranslation();
  const { estimate, isFree, blocked, busy: isGoingOn, goOn } = useGoOn(what);
  const [isAsking, setAsking] = useState(false);
  if (isFree)
    return (
      <Tooltip label={t('work.interrupted.isFree')} multiline maw="20rem">
        <Button
          color="success"
          leftSection={<Play size="1rem" aria-hidden />}
          loading={busy || isGoingOn}
          onClick={() => goOn()}
        >
          {t('work.interrupted.goOn')}
        </Button>
      </Tooltip>
    );
  return (
    <>
      <PricedButton
        variant="filled"
        color="success"
        label={t('work.interrupted.goOn')}
        icon={<Play size="1rem" aria-hidden />}
        price={estimate === null ? null : priceToGoOn(estimate)}
        busy={busy || isGoingOn}
        blocked={blocked}
        onPress={() => (estimate?.kind === 'run' ? setAsking(true) : goOn())}
      />
      <GoOnDialog what={isAsking ? what : null} onClose={() => setAsking(false)} />
    </>
  );
}
