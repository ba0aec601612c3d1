/** What an image model can be asked for, in words. */
import i18next from 'i18next';
import { formatCount } from '../../kit/format';
import { type Abilities, readAbilities, sizeText } from './abilities';

type Fact = { label: string; value: string };

export function abilityFacts(picture: string): Fact[] {
  const { t } = i18next;
  const able = readAbilities(picture);
  const { qualities, quality, steps, seed_max } = able;
  return [
    { label: t('models.ability.sizes'), value: sizesOf(able) },
    ...(qualities === undefined
      ? []
      : [{ label: t('models.ability.qualities'), value: qualityOf(qualities, quality ?? '') }]),
    ...(steps === undefined
      ? []
      : [
          {
            label: t('models.ability.steps'),
            value: t('models.ability.stepsOf', {
              asked: formatCount(steps.asked),
              min: formatCount(steps.min),
              max: formatCount(steps.max),
            }),
          },
        ]),
    {
      label: t('models.ability.negative'),
      value: t(able.negative === 'field' ? 'models.ability.inField' : 'models.ability.inPrompt'),
    },
    {
      label: t('models.ability.seeds'),
      value: t(seed_max === undefined ? 'models.ability.noSeeds' : 'models.ability.hasSeeds'),
    },
  ];
}

function sizesOf({ sizes }: Abilities): string {
  const { t } = i18next;
  if (sizes === undefined || sizes === 'any') return t('models.ability.sizesKind.any');
  if ('listed' in sizes) return sizes.listed.map(sizeText).join(', ');
  const { min, max, step } = sizes.stepped;
  return t('models.ability.stepped', { min: formatCount(min), max: formatCount(max), step: formatCount(step) });
}

function qualityOf(qualities: readonly string[], quality: string): string {
  const all = qualities.join(', ');
  return quality === '' ? all : i18next.t('models.ability.qualityOf', { quality, all });
}
