/** Files on their way in: chosen in a dialog or dropped on the window, one after the other. */
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../data/host';
import { tell } from '../../data/problems';
import type { Imported } from './ImportDialog';

/** Endings offered by the dialog; any file can be dropped and is told apart by what is in it. */
const EXTENSIONS = ['csv', 'tsv', 'txt'];

export type Import = {
  /** The file at hand, or null. */
  path: string | null;
  /** What was imported since the page was opened, newest first. */
  results: readonly Imported[];
  choose: () => void;
  /** Leaves the file at hand and goes on with the next. */
  next: () => void;
  finish: (done: Imported) => void;
  dismiss: (done: Imported) => void;
};

export function useImport(): Import {
  const { t } = useTranslation();
  const host = useHost();
  const [waiting, setWaiting] = useState<readonly string[]>([]);
  const [results, setResults] = useState<readonly Imported[]>([]);
  useEffect(() => host.onFilesDropped((paths) => setWaiting((others) => [...others, ...paths])), [host]);

  const choose = useCallback(() => {
    host
      .pickFiles(t('keywordImport.choose'), [{ name: t('keywordImport.files'), extensions: EXTENSIONS }])
      .then((paths) => setWaiting(paths))
      .catch(tell);
  }, [host, t]);
  const next = useCallback(() => setWaiting((paths) => paths.slice(1)), []);
  return {
    path: waiting[0] ?? null,
    results,
    choose,
    next,
    finish: (done) => {
      setResults((others) => [done, ...others]);
      next();
    },
    dismiss: (done) => setResults((others) => others.filter((other) => other !== done)),
  };
}
