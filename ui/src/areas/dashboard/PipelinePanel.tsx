/** The pipeline of a site: started here, watched here, gone on with here, and read here when it has ended. */
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import type { Completion, OperationRow } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import classes from './dashboard.module.css';
import { PipelineIdle } from './PipelineIdle';
import { PipelineInterrupted } from './PipelineInterrupted';
import { PipelineRun } from './PipelineRun';

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
    <section className={classes.panel} aria-labelledby="pipeline-title">
      <h2 id="pipeline-title" className={classes.title}>
        {t('dashboard.pipeline.title')}
      </h2>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {problem === null && (pipeline === undefined || completion === undefined) && (
        <Skeleton height="6rem" aria-label={t('kit.loading')} role="status" />
      )}
      {(pipeline?.standing === 'running' || pipeline?.standing === 'held_back') && completion !== undefined && (
        <PipelineRun siteId={siteId} pipeline={pipeline} operations={operations ?? []} />
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

/** Why the newest operation failed; empty when it did not. */
function failureOf(operations: readonly OperationRow[] | undefined): string {
  const newest = operations?.[0];
  return newest?.status === 'error' ? newest.errorCode : '';
}
