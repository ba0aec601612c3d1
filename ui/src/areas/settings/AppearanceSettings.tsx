/** How the window looks: theme and row height. A change shows at once. */
import { SegmentedControl, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { problemOf, tell } from '../../data/problems';
import type { Appearance } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { Section } from './Section';
import classes from './settings.module.css';

const SCHEMES = ['auto', 'light', 'dark'] as const;
const DENSITIES = ['compact', 'normal', 'roomy'] as const;

export function AppearanceSettings() {
  const { t } = useTranslation();
  const { data: appearance, error, refetch } = useCommand('appearance', []);
  const problem = problemOf(error);
  const { mutate: save } = useAct('appearanceSave');
  const change = (part: Partial<Appearance>) => {
    if (appearance !== undefined) save([{ ...appearance, ...part }], { onError: tell });
  };
  return (
    <Section title={t('settings.look.title')}>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {problem === null && appearance === undefined && <Skeleton height="4.5rem" />}
      {appearance !== undefined && (
        <>
          <div className={classes.field}>
            <Text>{t('settings.look.scheme')}</Text>
            <SegmentedControl
              aria-label={t('settings.look.scheme')}
              value={appearance.colorScheme}
              data={SCHEMES.map((value) => ({ value, label: t(`settings.look.schemes.${value}`) }))}
              onChange={(value) => change({ colorScheme: SCHEMES.find((one) => one === value) ?? 'auto' })}
            />
          </div>
          <div className={classes.field}>
            <Text>{t('settings.look.density')}</Text>
            <SegmentedControl
              aria-label={t('settings.look.density')}
              value={appearance.density}
              data={DENSITIES.map((value) => ({ value, label: t(`settings.look.densities.${value}`) }))}
              onChange={(value) => change({ density: DENSITIES.find((one) => one === value) ?? 'normal' })}
            />
          </div>
        </>
      )}
    </Section>
  );
}
