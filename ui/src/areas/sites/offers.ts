/** What a site has to publish with, as lines of text. */
import i18next from 'i18next';
import type { NamedView, SiteProbeView } from '../../host';

/** One line for each thing that the site said. */
export function offersOf({ postTypes, taxonomies, authors, seoPlugins, seoPaths }: SiteProbeView): string[] {
  const { t } = i18next;
  const nameOf = (id: string) => postTypes.find((type) => type.id === id)?.name ?? id;
  const ways = seoPaths.map(({ postType, way }) => `${nameOf(postType)}: ${t(`sites.connection.seoWay.${way}`)}`);
  const lines: [string, readonly string[]][] = [
    [t('sites.connection.postTypes'), names(postTypes)],
    [t('sites.connection.taxonomies'), names(taxonomies)],
    [t('sites.connection.authors'), names(authors)],
    [t('sites.connection.seoPlugins'), seoPlugins],
    [t('sites.connection.seoPaths'), ways],
  ];
  return lines.filter(([, values]) => values.length > 0).map(([label, values]) => `${label}: ${values.join(', ')}`);
}

function names(all: readonly NamedView[]): string[] {
  return all.map(({ name }) => name);
}
