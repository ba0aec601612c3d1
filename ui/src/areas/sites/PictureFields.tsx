/** How many pictures a site's articles have, and in which file format. */
import { Fieldset, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { PictureFormat } from '../../host';
import type { SiteFormState } from './SiteFields';
import { IN_ARTICLE_IMAGES_MAX } from './siteForm';

const FORMATS: readonly PictureFormat[] = ['webp', 'png'];

export function PictureFields({ form }: { form: SiteFormState }) {
  const { t } = useTranslation();
  const [labelId, hintId] = [useId(), useId()];
  return (
    <Fieldset legend={t('sites.form.images')}>
      <Stack gap="md">
        <NumberInput
          label={t('sites.form.inArticleImages')}
          description={t('sites.form.inArticleImagesHint')}
          min={0}
          max={IN_ARTICLE_IMAGES_MAX}
          clampBehavior="none"
          allowDecimal={false}
          {...form.getInputProps('inArticleImages')}
        />
        <div>
          <Text size="sm" fw={500} mb="xs" id={labelId}>
            {t('sites.form.imageFormat')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby={labelId}
            aria-describedby={hintId}
            data={FORMATS.map((value) => ({ value, label: t(`sites.pictureFormat.${value}`) }))}
            {...form.getInputProps('imageFormat')}
          />
          <Text size="xs" c="dimmed" mt="xs" id={hintId}>
            {t('sites.form.imageFormatHint')}
          </Text>
        </div>
      </Stack>
    </Fieldset>
  );
}
