/** How a site's articles are written: as blocks or as one text, and whether they begin with a table of contents. */
import { Fieldset, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { BodyFormView } from '../../host';
import type { SiteFormState } from './SiteFields';

const FORMS: readonly BodyFormView[] = ['blocks', 'classic'];

export function TextFields({ form }: { form: SiteFormState }) {
  const { t } = useTranslation();
  const [labelId, hintId] = [useId(), useId()];
  return (
    <Fieldset legend={t('sites.form.texts')}>
      <Stack gap="md">
        {form.getValues().kind === 'wordpress' && (
          <div>
            <Text size="sm" fw={500} mb="xs" id={labelId}>
              {t('sites.form.bodyForm')}
            </Text>
            <SegmentedControl
              fullWidth
              aria-labelledby={labelId}
              aria-describedby={hintId}
              data={FORMS.map((value) => ({ value, label: t(`sites.bodyForm.${value}`) }))}
              {...form.getInputProps('bodyForm')}
            />
            <Text size="xs" c="dimmed" mt="xs" id={hintId}>
              {t('sites.form.bodyFormHint')}
            </Text>
          </div>
        )}
        <Switch
          label={t('sites.form.hasContents')}
          description={t('sites.form.hasContentsHint')}
          {...form.getInputProps('hasContents', { type: 'checkbox' })}
        />
      </Stack>
    </Fieldset>
  );
}
