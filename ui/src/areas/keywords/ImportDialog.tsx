/** Shows what a keyword file holds before anything of it is stored, and asks which sector it goes into. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { tell } from '../../data/problems';
import type { ImportSummary, KeywordFilePreview, SectorView, SiteView } from '../../host';
import { formatCount } from '../../kit/format';
import { TextSkeleton } from '../../kit/Skeletons';
import { ImportPreview } from './ImportPreview';
import { SectorField } from './SectorField';

export type Imported = { file: string; summary: ImportSummary };

type Props = {
  /** Null while nothing is imported. */
  path: string | null;
  site: SiteView;
  sector: SectorView | null;
  onClose: () => void;
  onChooseAnother: () => void;
  onImported: (done: Imported) => void;
};

export function ImportDialog({ path, onClose, ...props }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={path !== null}
      onClose={onClose}
      size="lg"
      title={t('keywordImport.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      {path !== null && <Question key={path} path={path} onClose={onClose} {...props} />}
    </Modal>
  );
}

type QuestionProps = Props & { path: string };

function Question({ path, site, sector, onClose, onChooseAnother, onImported }: QuestionProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const { data: preview, error } = useCommand('keywordFilePreview', [path]);
  const store = useAct('keywordsImport');
  const sectorId = chosen ?? sector?.id ?? site.sectors[0]?.id ?? null;
  const submit = (file: string) => {
    if (sectorId === null) return;
    store.mutate([path, site.id, sectorId], {
      onSuccess: (summary) => onImported({ file, summary }),
      onError: tell,
    });
  };
  const words = error === null ? null : wordsOf(faultOf(error));
  return (
    <Stack gap="lg">
      {words !== null && (
        <div role="alert">
          <Text c="dimmed">{fileName(path)}</Text>
          <Text fw={500}>{words.what}</Text>
          <Text>{words.advice}</Text>
          {words.details !== undefined && <Text c="dimmed">{words.details}</Text>}
        </div>
      )}
      {words === null && preview === undefined && <TextSkeleton />}
      {preview !== undefined && (
        <>
          <ImportPreview preview={preview} />
          <SectorField label={t('keywordImport.sector')} site={site} value={sectorId} onChange={setChosen} />
        </>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        {words !== null && <Button onClick={onChooseAnother}>{t('keywordImport.another')}</Button>}
        {preview !== undefined && (
          <Button
            data-autofocus
            loading={store.isPending}
            disabled={sectorId === null || preview.keywordCount === 0}
            onClick={() => submit(preview.fileName)}
          >
            {submitWords(preview)}
          </Button>
        )}
      </Group>
    </Stack>
  );

  function submitWords({ isWhole, keywordCount }: KeywordFilePreview): string {
    if (!isWhole) return t('keywordImport.submitUncounted');
    return t('keywordImport.submit', { count: keywordCount, amount: formatCount(keywordCount) });
  }
}

/** The last part of a path, of either kind of system. */
function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
