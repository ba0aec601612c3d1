/** The article as a search engine may show it, and how its title and description fit. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SiteView } from '../../host';
import { formatCount } from '../../kit/format';
import { LetterBadge } from '../../kit/LetterBadge';
import { StatusDot } from '../../kit/StatusDot';
import type { Tone } from '../../kit/tone';
import { cutFor, type Fit, fitOf, META_DESCRIPTION_CHARS, META_TITLE_CHARS } from './articleForm';
import classes from './articles.module.css';

type Props = {
  site: SiteView | null;
  title: string;
  slug: string;
  metaTitle: string;
  metaDescription: string;
};

export function SearchPreview({ site, title, slug, metaTitle, metaDescription }: Props) {
  return (
    <div className={classes.result} aria-hidden="true">
      <div className={classes.resultSite}>
        {site !== null && <LetterBadge name={site.name} color={site.brandColor} />}
        <div className={classes.resultNames}>
          <Text size="xs" fw={500} truncate>
            {site?.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {addressOf(site)} › {slug}
          </Text>
        </div>
      </div>
      <p className={classes.resultTitle}>{cutFor(metaTitle.trim() || title, META_TITLE_CHARS.most)}</p>
      <p className={classes.resultText}>{cutFor(metaDescription.trim(), META_DESCRIPTION_CHARS.most)}</p>
    </div>
  );
}

const FIT_TONES: Record<Fit, Tone> = { missing: 'danger', short: 'warning', good: 'success', long: 'warning' };

type HintProps = { text: string; chars: { least: number; most: number } };

/** How long a text is and whether that is good. */
export function LengthHint({ text, chars }: HintProps) {
  const { t } = useTranslation();
  const fit = fitOf(text, chars);
  const words = t('articles.search.length', {
    fit: t(`articles.search.${fit}`),
    length: formatCount(text.trim().length),
    most: formatCount(chars.most),
  });
  return (
    <Text span size="xs" c="dimmed" data-figures>
      <StatusDot tone={FIT_TONES[fit]} label={words} />
    </Text>
  );
}

function addressOf(site: SiteView | null): string {
  if (site === null) return '';
  return URL.canParse(site.url) ? new URL(site.url).host : site.name;
}
