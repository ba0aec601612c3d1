/** One piece of AI work: the facts, how far it is, and every step with its charge and its reason. */
import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { codeWords } from '../../data/codes';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import { wordOf } from '../../data/status';
import type { OperationRow, OperationView } from '../../host';
import { Credits, Money } from '../../kit/Amounts';
import { useNow } from '../../kit/clock';
import { DetailList } from '../../kit/DetailList';
import { ErrorState } from '../../kit/ErrorState';
import { formatCount, formatDateTime, localZone } from '../../kit/format';
import { SideDrawer } from '../../kit/SideDrawer';
import { TextSkeleton } from '../../kit/Skeletons';
import { StatusDot } from '../../kit/StatusDot';
import { When } from '../../kit/When';
import { isOpen, OpenLine } from '../../parts/OperationLines';
import { PageLink, type PageName } from '../../parts/pages';
import { workOf } from '../../parts/workWords';
import { operationStatus, took } from './operationColumns';
import { UnitTable } from './UnitTable';

type Props = {
  /** Null while closed. */
  id: string | null;
  onClose: () => void;
};

export function OperationDrawer({ id, onClose }: Props) {
  const { data, error, refetch } = useCommand('operation', [id ?? ''], { enabled: id !== null });
  const problem = id === null ? null : problemOf(error);
  const title = data === undefined ? '' : wordOf('function', workOf(data.row));
  return (
    <SideDrawer opened={id !== null} title={title} size="reading" onClose={onClose}>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {problem === null && data === undefined && <TextSkeleton />}
      {data !== undefined && <Details view={data} />}
    </SideDrawer>
  );
}

function Details({ view: { row, units } }: { view: OperationView }) {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      {isOpen(row) && <OpenLine row={row} />}
      <DetailList facts={factsOf(row)} />
      {isOpen(row) && row.mayGoOnAt !== null && <Waits until={row.mayGoOnAt} />}
      {row.errorCode !== '' && <Reason code={row.errorCode} until={row.mayGoOnAt} address={row.askedAt} />}
      <PageLink page={PAGE_OF[resultsOf(row)]}>{t(`operations.page.${resultsOf(row)}`)}</PageLink>
      <div>
        <Title order={3} mb="sm">
          {t('operations.detail.units')}
        </Title>
        {units.length === 0 ? <Text c="dimmed">{t('operations.detail.noUnits')}</Text> : <UnitTable units={units} />}
      </div>
    </Stack>
  );

  function factsOf(operation: OperationRow): { label: string; value: ReactNode }[] {
    return [
      { label: t('operations.column.status'), value: <StatusDot {...operationStatus(operation)} /> },
      { label: t('operations.column.site'), value: operation.site },
      { label: t('operations.column.model'), value: operation.model },
      { label: t('operations.column.startedBy'), value: wordOf('startedBy', operation.startedBy) },
      { label: t('operations.column.started'), value: <When at={operation.createdAt} style="exact" /> },
      { label: t('operations.column.duration'), value: took(operation) ?? wordOf('phase', operation.phase) },
      { label: t('operations.column.results'), value: formatCount(operation.results) },
      { label: t('operations.column.credits'), value: <Credits amount={operation.credits} unit /> },
      { label: t('operations.column.cost'), value: <Money amount={operation.cost} /> },
    ];
  }
}

/** That a provider is left alone as it asked, as long as it is. */
function Waits({ until }: { until: string }) {
  const { t } = useTranslation();
  const now = useNow();
  if (Date.parse(until) <= now.getTime()) return null;
  return <Text role="note">{t('operations.detail.waits', { time: formatDateTime(until, localZone(), now) })}</Text>;
}

function Reason({ code, until, address }: { code: string; until: string | null; address: string | null }) {
  const { what, advice } = codeWords(code, until, address);
  return (
    <div role="note">
      <Text fw={500}>{what}</Text>
      <Text c="dimmed">{advice}</Text>
    </div>
  );
}

const PAGE_OF = {
  auto_cluster: 'clusters',
  generate_ideas: 'ideas',
  generate_content: 'drafts',
  generate_image_prompts: 'images',
  generate_images: 'images',
  prompt_trial: 'prompts',
} as const satisfies Record<string, PageName>;

/** A trial leaves nothing but what it taught of the prompt; work of a newer host leads where articles are. */
function resultsOf(row: OperationRow): keyof typeof PAGE_OF {
  const work = workOf(row);
  return work in PAGE_OF ? (work as keyof typeof PAGE_OF) : 'generate_content';
}
