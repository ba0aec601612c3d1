/** The pipeline of a site: started here, watched here, gone on with here, and read here when it has ended. */
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import type { Completion, OperationRow, PipelineView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { PipelineIdle } from './PipelineIdle';
import { PipelineInterrupted } from './PipelineInterrupted';
import classes from './pipeline.module.css';
import { RunInProgress } from './RunInProgress';

type Props = {
  siteId: string;
  completion: Completion | undefined;
  /** The newest operations of the site; the one at hand is among them. */
  operations: readonly OperationRow[] | undefined;
};

export function PipelinePanel({ siteId, completion, operations }: Props) {
  const { t } = useTranslation();
  const { data: pipeline, error, refetch } = useCommand('pipeline', [siteId]);
  const problem = problemOf(error);
  return (
    <section
      className={classes.panel}
      aria-labelledby="pipeline-title"
      data-still={pipeline !== undefined && standsStill(pipeline) ? true : undefined}
    >
      <h2 id="pipeline-title" className={classes.title}>
        {t('pipeline.title')}
      </h2>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {problem === null && (pipeline === undefined || completion === undefined) && (
        <Skeleton height="6rem" aria-label={t('kit.loading')} role="status" />
      )}
      {pipeline !== undefined && isUnderWay(pipeline) && (
        <RunInProgress siteId={siteId} pipeline={pipeline} operations={operations ?? []} />
      )}
      {pipeline?.standing === 'interrupted' && completion !== undefined && (
        <PipelineInterrupted siteId={siteId} pipeline={pipeline} operations={operations ?? []} />
      )}
      {pipeline?.standing === 'idle' && completion !== undefined && (
        <PipelineIdle
          siteId={siteId}
          stoppedCode={pipeline.stoppedCode}
          failureCode={failureOf(operations)}
          until={operations?.[0]?.mayGoOnAt ?? null}
          completion={completion}
        />
      )}
    </section>
  );
}

function isUnderWay({ standing }: PipelineView): boolean {
  return standing !== 'idle' && standing !== 'interrupted';
}

function standsStill({ standing }: PipelineView): boolean {
  return standing === 'paused' || standing === 'pausing' || standing === 'interrupted';
}

/** Why the newest operation failed; empty when it did not. */
function failureOf(operations: readonly OperationRow[] | undefined): string {
  const newest = operations?.[0];
  return newest?.status === 'error' ? newest.errorCode : '';
}
