/** All prompts by kind, and the open one beside them. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import type { PromptView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { formatCount } from '../../kit/format';
import { CardsSkeleton } from '../../kit/Skeletons';
import { FooterFacts } from '../../parts/FooterFacts';
import { PromptEditor } from './PromptEditor';
import { PromptList } from './PromptList';
import classes from './prompts.module.css';
import { useLibraryView } from './useLibraryView';

export function Library() {
  const [view, change] = useLibraryView();
  const { data, error, refetch } = useCommand('prompts', [view.siteId], { keep: true });
  const sites = useCommand('sites', []);
  const problem = problemOf(error);
  if (problem !== null) return <ErrorState problem={problem} onRetry={() => void refetch()} />;
  if (data === undefined)
    return (
      <div className={classes.waiting}>
        <CardsSkeleton cards={2} />
      </div>
    );
  const open = data.prompts.find(({ kind }) => kind === view.kind) ?? data.prompts[0];
  const site = sites.data?.find(({ id }) => id === view.siteId) ?? null;
  return (
    <div className={classes.library}>
      <PromptList prompts={data.prompts} open={open?.kind ?? null} onOpen={(kind) => change({ kind })} />
      {open !== undefined && (
        <PromptEditor key={`${open.kind} ${view.siteId}`} prompt={open} site={site} charsMax={data.charsMax} />
      )}
      <Facts prompts={data.prompts} />
    </div>
  );
}

function Facts({ prompts }: { prompts: readonly PromptView[] }) {
  const { t } = useTranslation();
  const worded = prompts.filter(({ origin }) => origin !== 'built_in').length;
  return (
    <FooterFacts
      slot="page-progress"
      label={t('prompts.facts.label')}
      facts={[
        { label: t('prompts.facts.yours'), value: `${formatCount(worded)}/${formatCount(prompts.length)}` },
        {
          label: t('prompts.facts.sites'),
          value: formatCount(prompts.reduce((sum, { siteCount }) => sum + siteCount, 0)),
        },
      ]}
    />
  );
}
