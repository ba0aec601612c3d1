/** One article to read and to decide on: text and pictures at the left, what is known about it at the right. */
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import { statusOf } from '../../data/status';
import { useWatched } from '../../data/work';
import type { AiFunctionView, ContentView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { formatCount } from '../../kit/format';
import { Page } from '../../kit/Page';
import { TextSkeleton } from '../../kit/Skeletons';
import { StatusDot } from '../../kit/StatusDot';
import { useOpen } from '../../kit/useOpen';
import { When } from '../../kit/When';
import { OutlineBadge } from '../../parts/articleColumns';
import { OperationLines } from '../../parts/OperationLines';
import { PictureDialog } from '../../parts/PictureDialog';
import { addressOf, PageLink, type PageName } from '../../parts/pages';
import { ReceiptDrawer } from '../../parts/ReceiptDrawer';
import { RepeatNote } from '../../parts/repeats';
import { ArticleActions } from './ArticleActions';
import { AboutCard, ImagesCard, SearchCard } from './ArticleCards';
import { ArticleText } from './ArticleText';
import classes from './articles.module.css';
import { CostCard } from './CostCard';
import { DeliveryCard } from './DeliveryCard';
import { EditDrawer } from './EditDrawer';
import { FlawsCard } from './FlawsCard';

const FUNCTIONS: readonly AiFunctionView[] = ['generate_image_prompts', 'generate_images'];
/** What stands in the address while the fields are edited. */
const EDIT = 'edit';

export function ArticlePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams({ strict: false });
  const { data: view, error, refetch } = useCommand('content', [id]);
  const problem = problemOf(error);
  if (view !== undefined && problem === null) return <Article key={id} view={view} />;
  return (
    <Page title={t('articles.title')} width={problem === null ? 'reading' : 'full'}>
      {problem === null ? (
        <TextSkeleton lines={14} />
      ) : (
        <ErrorState
          problem={problem}
          onRetry={() => void refetch()}
          action={<PageLink page="drafts">{t('articles.reader.back', { page: t('frame.page.drafts') })}</PageLink>}
        />
      )}
    </Page>
  );
}

function Article({ view }: { view: ContentView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: sites } = useCommand('sites', []);
  const site = sites?.find(({ id }) => id === view.siteId) ?? null;
  const watched = useWatched(view.siteId, FUNCTIONS);
  const [open, setOpen] = useOpen();
  const [image, setImage] = useState<string | null>(null);
  const [proof, showProof] = useState<'publication' | 'handOver' | null>(null);
  const list: PageName = view.row.status === 'draft' ? 'drafts' : 'review';
  return (
    <Page
      title={t('articles.title')}
      actions={
        <ArticleActions
          view={view}
          site={site}
          onEdit={() => setOpen(EDIT)}
          onLeave={() => void navigate(addressOf(list))}
        />
      }
    >
      <OperationLines watched={watched} />
      <div className={classes.page}>
        <div className={classes.main}>
          <Heading view={view} list={list} />
          {view.row.status !== 'approved' && <RepeatNote siteId={view.siteId} id={view.row.id} />}
          <ArticleText view={view} site={site} onOpenImage={setImage} />
        </div>
        <aside className={classes.aside} aria-label={t('kit.details')}>
          <FlawsCard flaws={view.row.flaws} />
          <DeliveryCard
            view={view}
            site={site}
            onReceipt={() => showProof('publication')}
            onHandOver={() => showProof('handOver')}
          />
          <ImagesCard view={view} onOpen={setImage} onStarted={watched.watch} />
          <SearchCard view={view} site={site} />
          <AboutCard view={view} />
          <CostCard contentId={view.row.id} />
        </aside>
      </div>
      <EditDrawer opened={open === EDIT} view={view} site={site} onClose={() => setOpen(null)} />
      <PictureDialog
        siteId={view.siteId}
        images={view.images}
        at={image}
        onMove={setImage}
        onClose={() => setImage(null)}
        onStarted={watched.watch}
      />
      <ReceiptDrawer
        contentId={proof === null ? null : view.row.id}
        isHandOver={proof === 'handOver'}
        onClose={() => showProof(null)}
      />
    </Page>
  );
}

/** Where one came from, and how the article is doing. */
function Heading({ view: { row, version }, list }: { view: ContentView; list: PageName }) {
  const { t } = useTranslation();
  return (
    <div className={classes.heading}>
      <PageLink page={list}>← {t('articles.reader.back', { page: t(`frame.page.${list}`) })}</PageLink>
      <div className={classes.state}>
        <StatusDot {...statusOf('content', row.status)} />
        <span className={classes.muted} data-figures>
          {t('articles.reader.words', { count: row.wordCount, amount: formatCount(row.wordCount) })} ·{' '}
          {t('articles.reader.version', { version })} · {t('articles.reader.changed')} <When at={row.updatedAt} />
        </span>
        {row.isOutline && <OutlineBadge />}
      </div>
    </div>
  );
}
