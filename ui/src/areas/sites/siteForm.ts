/** The form of a site: its values, what they must be like, and what is sent. */
import i18next from 'i18next';
import type { BodyFormView, PictureFormat, SiteDraft, SiteKind, SiteView } from '../../host';
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
  /** The field of a number holds a text while it is empty. */
  inArticleImages: number | string;
  imageFormat: PictureFormat;
  bodyForm: BodyFormView;
  hasContents: boolean;
  goesOnByItself: boolean;
  sectors: string[];
};

export const NAME_CHARS_MAX = 200;
/** Pictures inside an article: more would outweigh the text. */
export const IN_ARTICLE_IMAGES_MAX = 4;
const IN_ARTICLE_IMAGES = 2;

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
      inArticleImages: IN_ARTICLE_IMAGES,
      imageFormat: 'webp',
      bodyForm: 'blocks',
      hasContents: false,
      goesOnByItself: false,
      sectors: ['General'],
    };
  }
  const { name, kind, url, userName, language, zone, brandColor, inArticleImages, imageFormat, goesOnByItself } = site;
  const { bodyForm, hasContents } = site;
  const rest = { inArticleImages, imageFormat, bodyForm, hasContents, goesOnByItself };
  return { name, kind, url, userName, password: '', language, zone, brandColor, ...rest, sectors: [] };
}

/** What is sent. Application passwords are shown in groups with spaces, which are no part of them. */
export function draftOf(values: SiteValues): SiteDraft {
  const isWordPress = values.kind === 'wordpress';
  const password = values.password.replaceAll(/\s/g, '');
  return {
    name: values.name.trim(),
    kind: values.kind,
    url: isWordPress ? withScheme(withoutTail(values.url.trim())) : values.url.trim(),
    userName: isWordPress ? values.userName.trim() : '',
    password: isWordPress && password !== '' ? password : null,
    language: values.language,
    zone: values.zone,
    brandColor: values.brandColor.toLowerCase(),
    inArticleImages: Number(values.inArticleImages),
    imageFormat: values.imageFormat,
    bodyForm: values.bodyForm,
    hasContents: values.hasContents,
    goesOnByItself: values.goesOnByItself,
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
  if (!isPictureCount(values.inArticleImages))
    errors.inArticleImages = t('sites.form.imageCount', { most: IN_ARTICLE_IMAGES_MAX });
  if (values.kind === 'folder') return errors;
  if (values.url.trim() === '') errors.url = t('sites.form.required');
  else if (!isWebAddress(values.url.trim())) errors.url = t('sites.form.address');
  if (values.userName.trim() === '') errors.userName = t('sites.form.required');
  return errors;
}

/** A whole number in range; an empty field is none. */
function isPictureCount(count: number | string): boolean {
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= IN_ARTICLE_IMAGES_MAX;
}

/** Any address of the site will do: it is looked for from there, and its scheme goes without saying. */
function isWebAddress(text: string): boolean {
  const whole = withScheme(text);
  if (!URL.canParse(whole)) return false;
  const { protocol, hostname } = new URL(whole);
  return /^https?:$/.test(protocol) && /[.:]|^localhost$/.test(hostname);
}

/** Whether two addresses are of one site, however they are written. */
export function isSameAddress(one: string, other: string): boolean {
  const [a, b] = [placeOf(one), placeOf(other)];
  return a !== '' && a === b;
}

/** Host and path of an address, without what does not tell two sites apart; empty for what is no address. */
function placeOf(address: string): string {
  const whole = withScheme(address.trim());
  if (!isWebAddress(whole)) return '';
  const { host, pathname } = new URL(whole);
  return withoutTail(host.replace(/^www\./, '') + pathname);
}

function withScheme(address: string): string {
  return address.includes('://') ? address : `https://${address}`;
}

function withoutTail(url: string): string {
  return url.replace(/\/+$/, '');
}
