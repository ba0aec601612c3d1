/** The one switch between the models to try things with and those that count. */
import { SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { ModelModeView } from '../../host';
import { undoToast } from '../../kit/toasts';
import classes from './models.module.css';

export function ModeSwitch({ mode }: { mode: ModelModeView }) {
  const { t } = useTranslation();
  const set = useAct('modelModeSet');
  const choose = (wanted: string) => {
    const next: ModelModeView = wanted === 'testing' ? 'testing' : 'live';
    if (next === mode) return;
    set.mutate([next], {
      onSuccess: () =>
        undoToast(t(`models.mode.switched.${next}`), () => {
          set.mutateAsync([mode]).catch(tell);
        }),
      onError: tell,
    });
  };
  return (
    <div className={classes.mode}>
      <SegmentedControl
        aria-label={t('models.mode.label')}
        value={mode}
        onChange={choose}
        disabled={set.isPending}
        data={[
          { value: 'live', label: t('models.mode.live') },
          { value: 'testing', label: t('models.mode.testing') },
        ]}
      />
      <Text c="dimmed">{t(mode === 'live' ? 'models.mode.liveHint' : 'models.mode.testingHint')}</Text>
    </div>
  );
}
