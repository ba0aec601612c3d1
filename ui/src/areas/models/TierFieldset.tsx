/** What a picture costs in each quality. The price of the one that is asked for is the model's. */
import { Fieldset, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { ModelFields } from './modelDraft';
import { isBlank, type TierFields, tierLines, tierName } from './tiers';

const FIELDS = ['costPerImage', 'imageTokens', 'creditsPerImage'] as const;

export function TierFieldset({ form }: { form: UseFormReturnType<ModelFields> }) {
  const { t } = useTranslation();
  const { tiers, ability } = form.values;
  if (ability.qualities.length === 0) return null;
  const lines = tierLines(tiers, ability.qualities);
  const change = (at: number, change: Partial<TierFields>) =>
    form.setFieldValue(
      'tiers',
      lines.map((line, place) => (place === at ? { ...line, ...change } : line)),
    );
  const asked = lines.filter(({ quality }) => quality === ability.quality);
  const isUnpriced = ability.quality !== '' && !isAllBlank(lines) && isAllBlank(asked);
  return (
    <Fieldset legend={t('models.tiers.title')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('models.tiers.lead')}
        </Text>
        {lines.map((line, at) => (
          <SimpleGrid key={tierName(line)} cols={3}>
            {FIELDS.map((field) => (
              <TextInput
                key={field}
                label={t(`models.tiers.${field}`, { quality: tierName(line) })}
                inputMode="decimal"
                value={line[field]}
                onChange={(event) => change(at, { [field]: event.currentTarget.value })}
              />
            ))}
          </SimpleGrid>
        ))}
        {asked.map(
          (line) =>
            line.creditsPerImage !== '' && (
              <Text key={tierName(line)} size="sm">
                {t('models.tiers.now', { quality: tierName(line), credits: line.creditsPerImage })}
              </Text>
            ),
        )}
        {isUnpriced && (
          <Text size="sm" c="danger">
            {t('models.tiers.unpriced', { quality: ability.quality })}
          </Text>
        )}
        {form.errors.tiers !== undefined && (
          <Text size="sm" c="danger" role="alert">
            {form.errors.tiers}
          </Text>
        )}
      </Stack>
    </Fieldset>
  );
}

function isAllBlank(lines: readonly TierFields[]): boolean {
  return lines.every(isBlank);
}
