/** The way of a site's work in seven steps: how many are there, and what each step asks for next. */
import type { Completion } from '../../host';
import type { dashboard } from '../../messages/en/dashboard';
import type { PageName } from '../../parts/pages';

type StepName = keyof typeof dashboard.workflow.step;
type Next = keyof typeof dashboard.workflow.next;

export type WorkflowStep = {
  name: StepName;
  page: PageName;
  /** The tab of that page, where it has some. */
  tab?: string;
  /** How many there are. */
  count: number;
  /** What comes next here. */
  next: Next;
  /** How many that concerns. */
  waiting: number;
};

export function workflowOf(done: Completion): WorkflowStep[] {
  return [
    { name: 'keywords', page: 'keywords', count: done.keywords, ...keywords(done) },
    { name: 'clusters', page: 'clusters', count: done.clusters, ...clusters(done) },
    { name: 'ideas', page: 'ideas', count: done.ideas, ...ideas(done) },
    { name: 'articles', page: 'drafts', count: done.contents, ...articles(done) },
    { name: 'images', page: 'images', count: done.imagesGenerated, ...images(done) },
    { name: 'review', page: 'review', count: done.review, ...step(done.review, 'review', 'nothingToReview') },
    { name: 'published', count: done.published, ...published(done) },
  ];
}

/** Ideas that nobody queued yet; queueing them costs nothing. */
function newIdeas({ ideas, ideasQueued, ideasCompleted }: Completion): number {
  return ideas - ideasQueued - ideasCompleted;
}

type Step = Pick<WorkflowStep, 'next' | 'waiting'>;

function step(waiting: number, next: Next, otherwise: Next): Step {
  return waiting > 0 ? { next, waiting } : { next: otherwise, waiting: 0 };
}

function keywords({ keywords, keywordsMapped, keywordsLeftOut }: Completion): Step {
  if (keywords === 0) return step(0, 'import', 'import');
  const waiting = keywords - keywordsMapped - keywordsLeftOut;
  return keywordsLeftOut > 0 && waiting === 0
    ? step(keywordsLeftOut, 'leftOut', 'leftOut')
    : step(waiting, 'cluster', 'clustered');
}

function clusters({ clusters, clustersMapped }: Completion): Step {
  return clusters === 0 ? step(0, 'none', 'none') : step(clusters - clustersMapped, 'findIdeas', 'haveIdeas');
}

function ideas(done: Completion): Step {
  if (done.ideas === 0) return step(0, 'none', 'none');
  const fresh = newIdeas(done);
  return fresh > 0 ? step(fresh, 'queue', 'queue') : step(done.ideasQueued, 'queued', 'written');
}

function articles({ contents, drafts, tasksQueued, tasksFailed }: Completion): Step {
  if (tasksFailed > 0) return step(tasksFailed, 'writeAgain', 'writeAgain');
  if (tasksQueued > 0) return step(tasksQueued, 'write', 'write');
  return contents === 0 ? step(0, 'none', 'none') : step(drafts, 'drafts', 'noDrafts');
}

function images({ images, imagesGenerated, imagesFailed }: Completion): Step {
  if (images === 0) return step(0, 'none', 'none');
  if (imagesFailed > 0) return step(imagesFailed, 'makeAgain', 'makeAgain');
  return step(images - imagesGenerated, 'make', 'made');
}

/** Leads to what is still to go out, and where there is none to what is public. */
function published({ approved, onTheWay, published }: Completion): Step & Pick<WorkflowStep, 'page' | 'tab'> {
  if (approved === 0)
    return {
      ...(published === 0 ? step(0, 'none', 'none') : step(0, 'allPublished', 'allPublished')),
      page: 'published',
    };
  // What is on its way out needs nobody.
  const waiting = approved - onTheWay;
  const next = waiting > 0 ? step(waiting, 'publish', 'publish') : step(onTheWay, 'onTheWay', 'allPublished');
  return { ...next, page: 'review', tab: 'approved' };
}
