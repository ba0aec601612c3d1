/** The form of a site: its values, what they must be like, and what is sent. */
import i18next from 'i18next';
import type { SiteDraft, SiteKind, SiteView } from '../../host';
import { localZone } from '../../kit/format';
import { BRAND_COLORS } from './brandColors';

export type SiteValues = {
  name: string;
  kind: SiteKind;
  url: string;
  userName: string;
  /** Empty leaves the stored one as it is. */
  password: string;
  language: string;
  zone: string;
  brandColor: string;
  sectors: string[];
};

export const NAME_CHARS_MAX = 200;

/** The values of a site, or of a new one. */
export function valuesOf(site: SiteView | null): SiteValues {
  if (site === null) {
    return {
      name: '',
      kind: 'wordpress',
      url: '',
      userName: '',
      password: '',
      language: 'en',
      zone: localZone(),
      brandColor: BRAND_COLORS[0],
      sectors: ['General'],
    };
  }
  const { name, kind, url, userName, language, zone, brandColor } = site;
  return { name, kind, url, userName, password: '', language, zone, brandColor, sectors: [] };
}

/** What is sent. Application passwords are shown in groups with spaces, which are no part of them. */
export function draftOf(values: SiteValues): SiteDraft {
  const isWordPress = values.kind === 'wordpress';
  const password = values.password.replaceAll(/\s/g, '');
  return {
    name: values.name.trim(),
    kind: values.kind,
    url: isWordPress ? withoutTail(values.url.trim()) : values.url.trim(),
    userName: isWordPress ? values.userName.trim() : '',
    password: isWordPress && password !== '' ? password : null,
    language: values.language,
    zone: values.zone,
    brandColor: values.brandColor.toLowerCase(),
    sectors: values.sectors,
  };
}

type Errors = Partial<Record<keyof SiteValues, string>>;

/** What is wrong with the values, by field, in words. */
export function errorsOf(values: SiteValues): Errors {
  const { t } = i18next;
  const errors: Errors = {};
  if (values.name.trim() === '') errors.name = t('sites.form.required');
  else if (values.name.length > NAME_CHARS_MAX) errors.name = t('sites.form.tooLong', { most: NAME_CHARS_MAX });
  if (!/^#[0-9a-f]{6}$/i.test(values.brandColor))
    errors.brandColor = t('sites.form.color', { example: BRAND_COLORS[0] });
  if (values.kind === 'folder') return errors;
  if (values.url.trim() === '') errors.url = t('sites.form.required');
  else if (!isWebAddress(values.url.trim())) errors.url = t('sites.form.address');
  if (values.userName.trim() === '') errors.userName = t('sites.form.required');
  return errors;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function withoutTail(url: string): string {
  return url.replace(/\/+$/, '');
}
