/** The fields of an article beside its text, in a drawer, with the search result as it will look. */
import { Alert, Button, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { tell } from '../../data/problems';
import type { ContentEdit, ContentView, SiteView } from '../../host';
import { SideDrawer } from '../../kit/SideDrawer';
import { toast } from '../../kit/toasts';
import { isDelivered } from '../../parts/publishing';
import {
  EXCERPT_CHARS_MAX,
  errorsOf,
  META_DESCRIPTION_CHARS,
  META_TITLE_CHARS,
  savedWords,
  TERMS_MAX,
  TITLE_CHARS_MAX,
  valuesOf,
} from './articleForm';
import { LengthHint, SearchPreview } from './SearchPreview';

type Props = { opened: boolean; view: ContentView; site: SiteView | null; onClose: () => void };

export function EditDrawer({ opened, view, site, onClose }: Props) {
  const { t } = useTranslation();
  const formId = useId();
  const update = useAct('contentUpdate');
  return (
    <SideDrawer
      opened={opened}
      title={t('articles.edit.title')}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" form={formId} loading={update.isPending}>
            {t('articles.edit.save')}
          </Button>
        </>
      }
    >
      <Fields formId={formId} view={view} site={site} update={update} onClose={onClose} />
    </SideDrawer>
  );
}

type FieldsProps = Omit<Props, 'opened'> & {
  formId: string;
  update: ReturnType<typeof useAct<'contentUpdate'>>;
};

function Fields({ formId, view, site, update, onClose }: FieldsProps) {
  const { t } = useTranslation();
  const form = useForm<ContentEdit>({ mode: 'controlled', initialValues: valuesOf(view), validate: errorsOf });
  const save = (values: ContentEdit) =>
    update.mutate([view.row.id, values], {
      onSuccess: (edited) => {
        toast(edited.fields.length === 0 ? 'info' : 'success', savedWords(edited, values, view.version));
        onClose();
      },
      onError: (error) => {
        const fault = faultOf(error);
        // A refusal of a field stands at the field.
        if (fault.code === 'InvalidField' && fault.detail.field in form.getValues())
          form.setFieldError(fault.detail.field, wordsOf(fault).what);
        else tell(error);
      },
    });
  const values = form.getValues();
  return (
    <form id={formId} onSubmit={form.onSubmit(save)} noValidate>
      <Stack gap="md" pb="lg">
        {isDelivered(view.row) && (
          <Alert color="warning" variant="light">
            {t('articles.edit.notSent')}
          </Alert>
        )}
        <TextInput
          label={t('articles.edit.text')}
          maxLength={TITLE_CHARS_MAX}
          data-autofocus
          {...form.getInputProps('title')}
        />
        <TextInput
          label={t('articles.about.slug')}
          description={t('articles.edit.slugHint')}
          spellCheck={false}
          {...form.getInputProps('slug')}
        />
        <Textarea
          label={t('articles.about.excerpt')}
          description={t('articles.edit.excerptHint')}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={EXCERPT_CHARS_MAX}
          {...form.getInputProps('excerpt')}
        />
        <TextInput
          label={t('articles.search.title')}
          description={<LengthHint text={values.metaTitle} chars={META_TITLE_CHARS} />}
          maxLength={TITLE_CHARS_MAX}
          {...form.getInputProps('metaTitle')}
        />
        <Textarea
          label={t('articles.search.description')}
          description={<LengthHint text={values.metaDescription} chars={META_DESCRIPTION_CHARS} />}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={EXCERPT_CHARS_MAX}
          {...form.getInputProps('metaDescription')}
        />
        <SearchPreview site={site} {...values} />
        <TagsInput
          label={t('articles.about.categories')}
          description={t('articles.edit.termsHint')}
          maxTags={TERMS_MAX}
          {...form.getInputProps('categories')}
        />
        <TagsInput
          label={t('articles.about.tags')}
          description={t('articles.edit.termsHint')}
          maxTags={TERMS_MAX}
          {...form.getInputProps('tags')}
        />
      </Stack>
    </form>
  );
}
