/** What was imported since the page was opened, a line for each file. */
import { CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StatusDot } from '../../kit/StatusDot';
import { importedWords } from './importWords';
import classes from './keywords.module.css';
import type { Import } from './useImport';

export function ImportResults({ files }: { files: Import }) {
  const { t } = useTranslation();
  return (
    <div aria-live="polite">
      {files.results.map((done) => (
        <div key={`${done.file} ${JSON.stringify(done.summary)}`} className={classes.result}>
          <StatusDot tone="success" label={importedWords(done.file, done.summary)} />
          <CloseButton size="sm" aria-label={t('keywordImport.dismiss')} onClick={() => files.dismiss(done)} />
        </div>
      ))}
    </div>
  );
}
