/** The fields of a site. Every one is controlled by the form it is given. */
import {
  ActionIcon,
  ColorInput,
  PasswordInput,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../data/host';
import { useScope } from '../../data/scope';
import type { SiteKind, SiteView } from '../../host';
import { BRAND_COLORS } from './brandColors';
import { ConsentButton } from './ConsentButton';
import { languageOptions, zoneOptions } from './options';
import { PictureFields } from './PictureFields';
import { isSameAddress, NAME_CHARS_MAX, type SiteValues } from './siteForm';
import { TextFields } from './TextFields';
import { VaultNote } from './VaultNote';

export type SiteFormState = UseFormReturnType<SiteValues>;

type Props = { form: SiteFormState; site: SiteView | null };

const KINDS: readonly SiteKind[] = ['wordpress', 'folder'];

export function SiteFields({ form, site }: Props) {
  const { t } = useTranslation();
  const { kind, language, zone } = form.getValues();
  return (
    <Stack gap="md">
      {site === null && (
        <div>
          <Text size="sm" fw={500} mb="xs" id="site-kind">
            {t('sites.form.kind')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby="site-kind"
            data={KINDS.map((value) => ({ value, label: t(`sites.kind.${value}`) }))}
            {...form.getInputProps('kind')}
          />
          <Text size="xs" c="dimmed" mt="xs">
            {t('sites.form.kindFixed')}
          </Text>
        </div>
      )}
      <TextInput
        label={t('sites.form.name')}
        maxLength={NAME_CHARS_MAX}
        data-autofocus
        {...form.getInputProps('name')}
      />
      {kind === 'folder' ? <FolderField form={form} /> : <WordPressFields form={form} site={site} />}
      <Select
        label={t('sites.form.language')}
        data={languageOptions(language)}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t('sites.form.nothingFound')}
        {...form.getInputProps('language')}
      />
      <Select
        label={t('sites.form.zone')}
        data={zoneOptions(zone)}
        searchable
        allowDeselect={false}
        limit={100}
        nothingFoundMessage={t('sites.form.nothingFound')}
        {...form.getInputProps('zone')}
      />
      <ColorInput
        label={t('sites.form.brandColor')}
        description={t('sites.form.brandColorHint')}
        format="hex"
        swatches={[...BRAND_COLORS]}
        swatchesPerRow={8}
        withPicker={false}
        withEyeDropper={false}
        // Escape closes the swatches and leaves the drawer open.
        data-mantine-stop-propagation="true"
        {...form.getInputProps('brandColor')}
      />
      <TextFields form={form} />
      <PictureFields form={form} />
      <Switch
        label={t('sites.form.goesOnByItself')}
        description={t('sites.form.goesOnByItselfHint')}
        {...form.getInputProps('goesOnByItself', { type: 'checkbox' })}
      />
      {site === null && (
        <TagsInput
          label={t('sites.form.sectors')}
          description={t('sites.form.sectorsHint')}
          {...form.getInputProps('sectors')}
        />
      )}
    </Stack>
  );
}

function WordPressFields({ form, site }: Props) {
  const { t } = useTranslation();
  const { sites } = useScope();
  const twin = sites.find(({ id, kind, url }) => {
    return kind === 'wordpress' && id !== site?.id && isSameAddress(url, form.getValues().url);
  });
  return (
    <>
      <TextInput
        label={t('sites.form.url')}
        description={t('sites.form.urlHint')}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('url')}
      />
      {twin !== undefined && (
        <Text size="sm" role="status">
          {t('sites.form.sameAddress', { name: twin.name })}
        </Text>
      )}
      <TextInput
        label={t('sites.form.userName')}
        description={t('sites.form.userNameHint')}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('userName')}
      />
      <div>
        <PasswordInput
          label={t('sites.form.password')}
          description={t('sites.form.passwordHint')}
          placeholder={site?.hasSecret === true ? t('sites.form.passwordKept') : ''}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <VaultNote />
      </div>
      <ConsentButton form={form} siteId={site?.id ?? null} />
    </>
  );
}

function FolderField({ form }: Pick<Props, 'form'>) {
  const { t } = useTranslation();
  const host = useHost();
  const choose = async () => {
    const folder = await host.pickFolder(t('sites.form.choose'));
    if (folder !== null) form.setFieldValue('url', folder);
  };
  return (
    <TextInput
      label={t('sites.form.folder')}
      description={t('sites.form.folderHint')}
      spellCheck={false}
      rightSection={
        <Tooltip label={t('sites.form.choose')}>
          <ActionIcon aria-label={t('sites.form.choose')} onClick={() => void choose()}>
            <FolderOpen size="1rem" aria-hidden />
          </ActionIcon>
        </Tooltip>
      }
      {...form.getInputProps('url')}
    />
  );
}
