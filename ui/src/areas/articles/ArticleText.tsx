/** The article as its readers will see it: title, featured image, text. Links open outside, never in the window. */
import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../data/host';
import type { ContentView, ImageView, SiteView } from '../../host';
import classes from './articles.module.css';
import { Prose } from './Prose';

type Props = { view: ContentView; site: SiteView | null; onOpenImage: (id: string) => void };

export function ArticleText({ view, site, onOpenImage }: Props) {
  const { t } = useTranslation();
  const featured = view.images.find(({ imageType }) => imageType === 'featured');
  const base = site?.kind === 'wordpress' ? site.url : null;
  return (
    <article className={classes.article} aria-label={view.row.title}>
      <Title order={2} className={classes.articleTitle ?? ''}>
        {view.row.title}
      </Title>
      {featured !== undefined && <Featured image={featured} onOpen={() => onOpenImage(featured.id)} />}
      {view.html === '' ? (
        <Text c="dimmed">{t('articles.reader.noText')}</Text>
      ) : (
        <Prose html={view.html} base={base} />
      )}
    </article>
  );
}

function Featured({ image, onOpen }: { image: ImageView; onOpen: () => void }) {
  const { t } = useTranslation();
  const host = useHost();
  const name = t('pictures.open', { name: t('pictures.featured') });
  return (
    <button type="button" className={classes.featured} aria-label={name} onClick={onOpen}>
      {image.media === null ? (
        <span className={classes.featuredMissing}>{t('articles.reader.noImage')}</span>
      ) : (
        <img src={host.mediaUrl(image.media)} alt={image.alt} width={image.width} height={image.height} />
      )}
    </button>
  );
}
