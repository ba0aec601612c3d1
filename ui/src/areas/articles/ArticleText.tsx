/** The article as its readers will see it: title, featured image, text. Links open outside, never in the window. */
import { Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../data/host';
import { tell } from '../../data/problems';
import type { ContentView, ImageView, SiteView } from '../../host';
import { articleNodes, linkAddress } from './articleNodes';
import classes from './articles.module.css';

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

function Prose({ html, base }: { html: string; base: string | null }) {
  const host = useHost();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    ref.current?.replaceChildren(articleNodes(html, { mediaUrl: host.mediaUrl, base }));
  }, [html, base, host]);
  useEffect(() => {
    const text = ref.current;
    if (text === null) return;
    const follow = (event: Event) => {
      if (event instanceof KeyboardEvent && event.key !== 'Enter') return;
      const address = linkAddress(event.target);
      if (address === null) return;
      event.preventDefault();
      host.openExternal(address).catch(tell);
    };
    const events = ['click', 'auxclick', 'keydown'] as const;
    for (const name of events) text.addEventListener(name, follow);
    return () => {
      for (const name of events) text.removeEventListener(name, follow);
    };
  }, [host]);
  return <div ref={ref} className={classes.prose} />;
}
