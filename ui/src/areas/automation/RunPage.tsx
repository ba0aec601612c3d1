/** One run: what it did and cost, stage by stage, beside the run before it, and its log. */
import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { codeWords } from '../../data/codes';
import { useAct, useCommand } from '../../data/command';
import { faultOf } from '../../data/fault';
import { problemOf, tell } from '../../data/problems';
import type { RunView } from '../../host';
import { useNow } from '../../kit/clock';
import { DetailList } from '../../kit/DetailList';
import { EmptyState } from '../../kit/EmptyState';
import { ErrorState } from '../../kit/ErrorState';
import { formatCount, formatCredits, formatDuration, formatMoney } from '../../kit/format';
import { Page } from '../../kit/Page';
import { TextSkeleton } from '../../kit/Skeletons';
import { StatusDot } from '../../kit/StatusDot';
import { toast } from '../../kit/toasts';
import { When } from '../../kit/When';
import { PageLink } from '../../parts/pages';
import { workedMs } from '../../parts/pipeline/pipeline';
import classes from './automation.module.css';
import { RunLog } from './RunLog';
import { RunStages } from './RunStages';
import { stateOf, triggerWord } from './runWords';

export function RunPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams({ strict: false });
  const { data: view, error, refetch } = useCommand('run', [id]);
  const isNothing = error !== null && ['NotFound', 'InvalidField'].includes(faultOf(error).code);
  const problem = problemOf(error);
  return (
    <Page title={t('automation.run.title')} actions={view !== undefined && <SaveLog id={id} />}>
      <div className={classes.page}>
        {view !== undefined && problem === null && <Run view={view} />}
        {view === undefined && problem === null && <TextSkeleton lines={14} />}
        {problem !== null && !isNothing && <ErrorState problem={problem} onRetry={() => void refetch()} />}
        {isNothing && (
          <EmptyState
            drawing="list"
            sentence={t('automation.run.notThere')}
            action={<PageLink page="automation">{t('automation.run.back')}</PageLink>}
          />
        )}
      </div>
    </Page>
  );
}

function Run({ view }: { view: RunView }) {
  const { t } = useTranslation();
  return (
    <div className={classes.overview}>
      <div className={classes.grid}>
        <section className={classes.card} aria-labelledby="run-facts">
          <h2 id="run-facts" className={classes.title}>
            {t('automation.run.facts')}
          </h2>
          <Facts view={view} />
        </section>
        <RunStages view={view} />
      </div>
      <RunLog id={view.row.id} />
    </div>
  );
}

function Facts({ view: { row, site, cap, before } }: { view: RunView }) {
  const { t } = useTranslation();
  const now = useNow();
  const beside = (value: string, earlier: string | undefined) =>
    earlier === undefined ? value : t('automation.run.compare', { now: value, before: earlier });
  const old = before?.row;
  const facts = [
    { label: t('automation.run.site'), value: site },
    { label: t('automation.history.state'), value: <StatusDot {...stateOf(row)} /> },
    { label: t('automation.history.trigger'), value: triggerWord(row.trigger) },
    { label: t('automation.history.began'), value: <When at={row.createdAt} style="exact" /> },
    ...(row.endedAt === null
      ? []
      : [{ label: t('automation.run.ended'), value: <When at={row.endedAt} style="exact" /> }]),
    {
      label: t('automation.history.took'),
      value: beside(formatDuration(workedMs(row, now)), old && formatDuration(workedMs(old, now))),
    },
    {
      label: t('automation.history.articles'),
      value: beside(formatCount(row.articles), old && formatCount(old.articles)),
    },
    { label: t('automation.history.images'), value: beside(formatCount(row.images), old && formatCount(old.images)) },
    {
      label: t('automation.history.credits'),
      value: beside(formatCredits(row.credits), old && formatCredits(old.credits)),
    },
    { label: t('automation.run.estimate'), value: formatCredits(row.estimate) },
    ...(cap === null ? [] : [{ label: t('automation.run.cap'), value: formatCredits(cap) }]),
    { label: t('automation.run.cost'), value: formatMoney(row.cost) },
    ...(row.stoppedCode === '' ? [] : [{ label: t('automation.run.why'), value: codeWords(row.stoppedCode).what }]),
  ];
  return <DetailList facts={facts} />;
}

function SaveLog({ id }: { id: string }) {
  const { t } = useTranslation();
  const write = useAct('runLogExport');
  const press = () =>
    write.mutate([id], {
      // Nothing was written when the dialog was left.
      onSuccess: (file) => file !== null && toast('success', t('automation.run.saved', { path: file.path })),
      onError: tell,
    });
  return (
    <Button
      variant="default"
      leftSection={<Download size="1rem" aria-hidden />}
      loading={write.isPending}
      onClick={press}
    >
      {t('automation.run.export')}
    </Button>
  );
}
