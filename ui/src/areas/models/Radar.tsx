/** Models in use that end within thirty days, or have ended: what asks them, and the one step to a successor. */
import { Button, Text, Title } from '@mantine/core';
import { ArrowRight, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { problemOf, tell } from '../../data/problems';
import { wordOf } from '../../data/status';
import type { EndingView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { formatDate } from '../../kit/format';
import { toast } from '../../kit/toasts';
import classes from './models.module.css';

export function Radar() {
  const { t } = useTranslation();
  const { data, error, refetch } = useCommand('modelsEnding', []);
  const problem = problemOf(error);
  return (
    <section aria-label={t('models.radar.title')}>
      <Title order={2} mb="sm">
        {t('models.radar.title')}
      </Title>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {data?.length === 0 && <Text c="dimmed">{t('models.radar.none')}</Text>}
      <ul className={classes.endings}>
        {data?.map((ending) => (
          <Ending key={ending.model.id} ending={ending} />
        ))}
      </ul>
    </section>
  );
}

function Ending({ ending }: { ending: EndingView }) {
  const { t } = useTranslation();
  const { model, successor, uses, sites, openOperations } = ending;
  const words = uses.map((use) =>
    t('models.radar.use', { what: wordOf('function', use.function), mode: t(`models.mode.${use.mode}`) }),
  );
  return (
    <li className={classes.ending} data-ended={model.state === 'ended' || undefined}>
      <TriangleAlert size="1rem" aria-hidden />
      <div>
        <Text fw={500}>{whenOf(ending)}</Text>
        {uses.length > 0 && <Text size="sm">{t('models.radar.uses', { uses: words.join(', ') })}</Text>}
        {sites.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('models.radar.sites', { sites: sites.join(', ') })}
          </Text>
        )}
        {openOperations > 0 && <Text size="sm">{t('models.radar.open', { count: openOperations })}</Text>}
        {successor === null && <Text size="sm">{t('models.radar.noSuccessor')}</Text>}
        {successor !== null && successor.state !== 'ready' && (
          <Text size="sm">
            {t('models.radar.successorState', {
              model: successor.displayName,
              state: t(`models.state.${successor.state}`),
            })}
          </Text>
        )}
      </div>
      {successor?.state === 'ready' && <Switch from={model} to={successor} />}
    </li>
  );

  function whenOf({ model: { displayName, retiresOn, state } }: EndingView): string {
    if (retiresOn === null) return t('models.radar.endedSomeday', { model: displayName });
    const values = { model: displayName, day: formatDate(retiresOn) };
    return t(state === 'ended' ? 'models.radar.ended' : 'models.radar.ends', values);
  }
}

function Switch({ from, to }: { from: EndingView['model']; to: EndingView['model'] }) {
  const { t } = useTranslation();
  const act = useAct('modelSwitch');
  const values = { from: from.displayName, to: to.displayName };
  return (
    <Button
      variant="default"
      rightSection={<ArrowRight size="1rem" aria-hidden />}
      loading={act.isPending}
      onClick={() =>
        act.mutate([from.id, to.id], {
          onSuccess: (count) => toast('success', t('models.radar.switched', { ...values, count })),
          onError: tell,
        })
      }
    >
      {t('models.radar.switch', { model: to.displayName })}
    </Button>
  );
}
