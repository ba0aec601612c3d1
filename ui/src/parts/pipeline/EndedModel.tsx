/** What mends a run whose model has ended: the step to its successor, or the page on which another is chosen. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { ModelSwitch } from '../ModelSwitch';
import { PageLink } from '../pages';

/** `model` is what the ended one is called. */
export function EndedModel({ model }: { model: string }) {
  const { t } = useTranslation();
  const { data } = useCommand('modelsEnding', []);
  const ending = data?.find((row) => row.model.displayName === model && row.model.state === 'ended');
  if (ending?.successor?.state === 'ready') return <ModelSwitch from={ending.model} to={ending.successor} />;
  return <PageLink page="models">{t('pipeline.toModels')}</PageLink>;
}
