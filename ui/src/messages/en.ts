/** All words on screen, in English, grouped by area. A new area adds its file under `en/` and one line here. */
import { amounts } from './en/amounts';
import { articles } from './en/articles';
import { automation } from './en/automation';
import { calendar } from './en/calendar';
import { clusters } from './en/clusters';
import { codes } from './en/codes';
import { conflict, following } from './en/conflict';
import { credits } from './en/credits';
import { dashboard } from './en/dashboard';
import { drafts } from './en/drafts';
import { faults } from './en/faults';
import { frame } from './en/frame';
import { help } from './en/help';
import { ideas } from './en/ideas';
import { images } from './en/images';
import { keywordImport } from './en/keywordImport';
import { keywords } from './en/keywords';
import { kit } from './en/kit';
import { models } from './en/models';
import { notices } from './en/notices';
import { notifications } from './en/notifications';
import { operations } from './en/operations';
import { outbox } from './en/outbox';
import { pictures } from './en/pictures';
import { pipeline } from './en/pipeline';
import { prompts } from './en/prompts';
import { published } from './en/published';
import { publishing } from './en/publishing';
import { reconciliation } from './en/reconciliation';
import { passages, repeats } from './en/repeats';
import { review } from './en/review';
import { schedule } from './en/schedule';
import { settings } from './en/settings';
import { sites } from './en/sites';
import { status } from './en/status';
import { usage } from './en/usage';
import { work } from './en/work';

export const en = {
  amounts,
  articles,
  automation,
  calendar,
  clusters,
  codes,
  conflict,
  credits,
  dashboard,
  drafts,
  faults,
  following,
  passages,
  repeats,
  frame,
  help,
  ideas,
  images,
  keywordImport,
  keywords,
  kit,
  models,
  notices,
  notifications,
  operations,
  outbox,
  pictures,
  pipeline,
  prompts,
  published,
  publishing,
  reconciliation,
  review,
  schedule,
  settings,
  sites,
  status,
  usage,
  work,
};
