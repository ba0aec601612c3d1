/** Models in use that end within thirty days, have ended, or are not known to their provider: what asks them, and the one step to a successor. */
import { Text, Title } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import { wordOf } from '../../data/status';
import type { EndingView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { formatDate } from '../../kit/format';
import { ModelSwitch } from '../../parts/ModelSwitch';
import { nameOf } from '../../parts/promptWords';
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
  const { model, isUnknown, successor, uses, sites, automations, prompts, openOperations } = ending;
  const words = uses.map((use) =>
    t('models.radar.use', { what: wordOf('function', use.function), mode: t(`models.mode.${use.mode}`) }),
  );
  return (
    <li className={classes.ending} data-ended={model.state === 'ended' || isUnknown || undefined}>
      <TriangleAlert size="1rem" aria-hidden />
      <div>
        <Text fw={500}>{whenOf(ending)}</Text>
        {uses.length > 0 && <Text size="sm">{t('models.radar.uses', { uses: words.join(', ') })}</Text>}
        {sites.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('models.radar.sites', { sites: sites.join(', ') })}
          </Text>
        )}
        {automations.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('models.radar.automations', { sites: automations.join(', ') })}
          </Text>
        )}
        {prompts.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('models.radar.prompts', { prompts: prompts.map(promptWords).join(', ') })}
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
      {successor?.state === 'ready' && <ModelSwitch from={model} to={successor} />}
    </li>
  );

  function promptWords({ kind, site }: EndingView['prompts'][number]): string {
    return site === null ? nameOf(kind) : t('models.radar.promptOf', { prompt: nameOf(kind), site });
  }

  function whenOf({ model: { displayName, retiresOn, state }, isUnknown }: EndingView): string {
    if (isUnknown) return t('models.radar.unknown', { model: displayName });
    if (retiresOn === null) return t('models.radar.endedSomeday', { model: displayName });
    const values = { model: displayName, day: formatDate(retiresOn) };
    return t(state === 'ended' ? 'models.radar.ended' : 'models.radar.ends', values);
  }
}
