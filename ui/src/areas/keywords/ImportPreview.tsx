/** What was recognised in a keyword file: tool, columns, counts, first rows, lines passed over, warnings. */
import { Alert, Stack, Table, Text } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { wordOf } from '../../data/status';
import type { IgnoredRow, KeywordFilePreview } from '../../host';
import { DetailList } from '../../kit/DetailList';
import { formatCount } from '../../kit/format';
import { fieldWords, kindWords, reasonWords, warningWords } from './importWords';
import classes from './keywords.module.css';

/** Lines passed over that are listed; the rest are counted. */
const IGNORED_SHOWN = 20;
/** Rows shown: enough to see whether the columns are right. */
const ROWS_SHOWN = 8;

export function ImportPreview({ preview }: { preview: KeywordFilePreview }) {
  const { t } = useTranslation();
  const count = t('keywordImport.count', { count: preview.keywordCount, amount: formatCount(preview.keywordCount) });
  return (
    <Stack gap="md">
      <div>
        <Text fw={500}>{preview.fileName}</Text>
        <Text c="dimmed" data-figures>
          {kindWords(preview.kind)} · {preview.isWhole ? count : t('keywordImport.atLeast', { count })}
        </Text>
      </div>
      {preview.warnings.map((code) => (
        <Alert key={code} color="warning" variant="light" icon={<TriangleAlert size="1rem" aria-hidden />}>
          {warningWords(code)}
        </Alert>
      ))}
      <DetailList
        facts={[
          {
            label: t('keywordImport.used'),
            value: preview.columns.map(({ header, field }) => `${header} → ${fieldWords(field)}`).join(', '),
          },
          ...(preview.unusedColumns.length === 0
            ? []
            : [{ label: t('keywordImport.unused'), value: preview.unusedColumns.join(', ') }]),
        ]}
      />
      <PreviewTable preview={preview} />
      {preview.joinedCount > 0 && (
        <Text c="dimmed">
          {t('keywordImport.joined', { count: preview.joinedCount, amount: formatCount(preview.joinedCount) })}
        </Text>
      )}
      {preview.ignored.length > 0 && <Ignored rows={preview.ignored} />}
    </Stack>
  );
}

function PreviewTable({ preview }: { preview: KeywordFilePreview }) {
  const { t } = useTranslation();
  const has = (field: string) => preview.columns.some((column) => column.field === field);
  const demand = ['volume', 'impressions'].find(has);
  return (
    <section className={classes.preview} aria-label={t('keywordImport.rows')}>
      <Table verticalSpacing="xs" horizontalSpacing="md" layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={classes.phrases ?? ''}>{fieldWords('keyword')}</Table.Th>
            {demand !== undefined && <Table.Th ta="end">{fieldWords(demand)}</Table.Th>}
            {has('difficulty') && <Table.Th ta="end">{fieldWords('difficulty')}</Table.Th>}
            <Table.Th>{fieldWords('intent')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.rows.slice(0, ROWS_SHOWN).map(({ text, volume, difficulty, intent }) => (
            <Table.Tr key={text}>
              <Table.Td>{text}</Table.Td>
              {demand !== undefined && <Table.Td ta="end">{volume === null ? '–' : formatCount(volume)}</Table.Td>}
              {has('difficulty') && <Table.Td ta="end">{difficulty ?? '–'}</Table.Td>}
              <Table.Td>{intent === '' ? '–' : wordOf('intent', intent)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Ignored({ rows }: { rows: readonly IgnoredRow[] }) {
  const { t } = useTranslation();
  const rest = rows.length - IGNORED_SHOWN;
  return (
    <details className={classes.ignored}>
      <summary>{t('keywordImport.ignored', { count: rows.length, amount: formatCount(rows.length) })}</summary>
      <ul>
        {rows.slice(0, IGNORED_SHOWN).map(({ line, reason }) => (
          <li key={line}>{t('keywordImport.ignoredLine', { line: formatCount(line), reason: reasonWords(reason) })}</li>
        ))}
        {rest > 0 && <li>{t('keywordImport.ignoredMore', { amount: formatCount(rest) })}</li>}
      </ul>
    </details>
  );
}
