/** A provider's usage file beside our books: what both have, what only we have, what only they have. */
import { Button } from '@mantine/core';
import { FileUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { useHost } from '../../data/host';
import { problemOf, tell } from '../../data/problems';
import { EmptyState } from '../../kit/EmptyState';
import { ErrorState } from '../../kit/ErrorState';
import { Page } from '../../kit/Page';
import { CardsSkeleton, TextSkeleton } from '../../kit/Skeletons';
import { PageLink } from '../../parts/pages';
import { Comparison } from './Comparison';
import classes from './reconciliation.module.css';

/** The ending that the dialog offers; any file can be dropped and is told apart by what is in it. */
const EXTENSIONS = ['csv'];

export function ReconciliationPage() {
  const { t } = useTranslation();
  const host = useHost();
  const [path, setPath] = useState<string | null>(null);
  const [provider, setProvider] = useState<string | null>(null);
  const take = ([first]: readonly string[]) => {
    if (first === undefined) return;
    setPath(first);
    setProvider(null);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is done with a file never changes.
  useEffect(() => host.onFilesDropped(take), [host]);
  const choose = () =>
    host
      .pickFiles(t('reconciliation.choose'), [{ name: t('reconciliation.files'), extensions: EXTENSIONS }])
      .then(take)
      .catch(tell);
  const { data, error, refetch } = useCommand('reconcile', [path ?? '', provider], { enabled: path !== null });
  const problem = path === null ? null : problemOf(error);
  const button = (
    <Button variant="default" leftSection={<FileUp size="1rem" aria-hidden />} onClick={() => void choose()}>
      {t(path === null ? 'reconciliation.choose' : 'reconciliation.another')}
    </Button>
  );
  return (
    <Page title={t('frame.page.reconciliation')} actions={path === null ? undefined : button}>
      <div className={classes.back}>
        <PageLink page="credits">← {t('reconciliation.back')}</PageLink>
      </div>
      {path === null && <EmptyState drawing="search" sentence={t('reconciliation.empty')} action={button} />}
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} action={button} />}
      {path !== null && problem === null && data === undefined && (
        <div className={classes.waiting}>
          <CardsSkeleton cards={4} />
          <TextSkeleton />
        </div>
      )}
      {path !== null && problem === null && data !== undefined && (
        <Comparison comparison={data} provider={provider} onProvider={setProvider} />
      )}
    </Page>
  );
}
