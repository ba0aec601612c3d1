/** What stands beside an article: its way to the site, its search result, what it is about, its images. */
import { Pill, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { wordOf } from '../../data/status';
import type { ContentView, SiteView } from '../../host';
import { When } from '../../kit/When';
import { AgainButton } from '../../parts/AgainButton';
import { isMissing, pictureName } from '../../parts/pictureWords';
import { Thumbnail } from '../../parts/Thumbnail';
import { WorkButton } from '../../parts/WorkButton';
import { AskedWith } from './AskedWith';
import { META_DESCRIPTION_CHARS, META_TITLE_CHARS } from './articleForm';
import classes from './articles.module.css';
import { LengthHint, SearchPreview } from './SearchPreview';

export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.card} aria-label={title}>
      <Title order={3}>{title}</Title>
      {children}
    </section>
  );
}

export function SearchCard({ view, site }: { view: ContentView; site: SiteView | null }) {
  const { t } = useTranslation();
  const { slug, metaTitle, metaDescription } = view;
  return (
    <Card title={t('articles.card.search')}>
      <SearchPreview
        site={site}
        title={view.row.title}
        slug={slug}
        metaTitle={metaTitle}
        metaDescription={metaDescription}
      />
      <Measured label={t('articles.search.title')} text={metaTitle} chars={META_TITLE_CHARS} />
      <Measured label={t('articles.search.description')} text={metaDescription} chars={META_DESCRIPTION_CHARS} />
    </Card>
  );
}

type MeasuredProps = { label: string; text: string; chars: { least: number; most: number } };

function Measured({ label, text, chars }: MeasuredProps) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <LengthHint text={text} chars={chars} />
    </div>
  );
}

type ImagesProps = { view: ContentView; onOpen: (id: string) => void; onStarted: (id: string) => void };

export function ImagesCard({ view, onOpen, onStarted }: ImagesProps) {
  const { t } = useTranslation();
  const missing = view.images.filter(isMissing);
  return (
    <Card title={t('articles.card.images')}>
      {view.images.length === 0 && <Undescribed view={view} onStarted={onStarted} />}
      <ul className={classes.images}>
        {view.images.map((image) => (
          <li key={image.id} className={classes.image}>
            <Thumbnail image={image} onOpen={() => onOpen(image.id)} />
            <div className={classes.imageWords}>
              <Text size="xs" fw={500} truncate>
                {image.heading || pictureName(image)}
              </Text>
              <Text size="xs" c="dimmed" truncate title={image.alt}>
                {image.status === 'generated' ? image.alt : wordOf('image', image.status)}
              </Text>
            </div>
          </li>
        ))}
      </ul>
      {missing.length > 0 && (
        <div>
          <AgainButton siteId={view.siteId} images={missing} onStarted={onStarted} />
        </div>
      )}
    </Card>
  );
}

/** An article that is approved is not illustrated any more. */
function Undescribed({ view, onStarted }: Omit<ImagesProps, 'onOpen'>) {
  const { t } = useTranslation();
  return (
    <>
      <Text c="dimmed">{t('articles.images.none')}</Text>
      {view.row.status !== 'approved' && (
        <WorkButton
          label={t('articles.act.describe')}
          request={{ function: 'generate_image_prompts', siteId: view.siteId, ids: [view.row.id] }}
          onStarted={onStarted}
        />
      )}
    </>
  );
}

export function AboutCard({ view }: { view: ContentView }) {
  const { t } = useTranslation();
  const { row } = view;
  const facts: [string, ReactNode][] = [
    [t('articles.about.kind'), wordOf('structure', row.contentStructure)],
    [t('articles.about.cluster'), row.cluster ?? t('articles.about.none')],
    [t('articles.about.primary'), view.primaryKeyword || t('articles.about.none')],
    [t('articles.about.secondary'), <Terms key="secondary" terms={view.secondaryKeywords} />],
    [t('articles.about.categories'), <Terms key="categories" terms={view.categories} />],
    [t('articles.about.tags'), <Terms key="tags" terms={view.tags} />],
    [t('articles.about.prompts'), <AskedWith key="prompts" contentId={row.id} siteId={view.siteId} />],
    [
      t('articles.about.slug'),
      <span key="slug" className={classes.code}>
        {view.slug}
      </span>,
    ],
    [t('articles.about.excerpt'), view.excerpt || t('articles.about.none')],
    [t('articles.about.written'), <When key="written" at={row.createdAt} style="exact" />],
  ];
  return (
    <Card title={t('articles.card.about')}>
      <Facts facts={facts} />
    </Card>
  );
}

function Terms({ terms }: { terms: readonly string[] }) {
  const { t } = useTranslation();
  if (terms.length === 0) return <span className={classes.faint}>{t('articles.about.none')}</span>;
  return (
    <span className={classes.terms}>
      {terms.map((term) => (
        <Pill key={term}>{term}</Pill>
      ))}
    </span>
  );
}

function Facts({ facts }: { facts: readonly [string, ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
