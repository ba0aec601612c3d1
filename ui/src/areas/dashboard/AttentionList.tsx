/** What needs the user, each with the way to where it is put right; nothing at all when all is well. */
import { useTranslation } from 'react-i18next';
import type { SiteView } from '../../host';
import { formatCount } from '../../kit/format';
import { StatusDot } from '../../kit/StatusDot';
import type { Tone } from '../../kit/tone';
import { PageLink, type PageName } from '../../parts/pages';
import type { Attention } from './attention';
import classes from './dashboard.module.css';

type Place = Extract<PageName, 'sites' | 'credits' | 'drafts' | 'images' | 'outbox'>;

const PLACES: Record<Attention['kind'], Place> = {
  books: 'credits',
  noCredits: 'credits',
  untested: 'sites',
  unreachable: 'sites',
  vault: 'sites',
  tasksFailed: 'drafts',
  imagesFailed: 'images',
  parked: 'outbox',
};

/** What stops work is red; what waits is amber. */
const TONES: Partial<Record<Attention['kind'], Tone>> = { books: 'danger', unreachable: 'danger' };

type Props = { site: SiteView; items: readonly Attention[] };

export function AttentionList({ site, items }: Props) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  return (
    <section aria-label={t('dashboard.attention.title')}>
      <ul className={classes.attention}>
        {items.map((item) => {
          const place = PLACES[item.kind];
          return (
            <li key={item.kind}>
              <StatusDot tone={TONES[item.kind] ?? 'warning'} label={words(item)} />
              <PageLink page={place} open={place === 'sites' ? site.id : undefined}>
                {t(`dashboard.attention.act.${place}`)}
              </PageLink>
            </li>
          );
        })}
      </ul>
    </section>
  );

  function words(item: Attention): string {
    switch (item.kind) {
      case 'vault':
        return t(`dashboard.attention.vault.${item.state}`, { site: site.name });
      case 'tasksFailed':
      case 'imagesFailed':
      case 'parked':
        return t(`dashboard.attention.${item.kind}`, { count: item.count, amount: formatCount(item.count) });
      case 'books':
      case 'noCredits':
      case 'untested':
      case 'unreachable':
        return t(`dashboard.attention.${item.kind}`, { site: site.name });
    }
  }
}
