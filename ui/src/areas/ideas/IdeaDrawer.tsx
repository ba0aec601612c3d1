/** The brief of one idea beside the list: what the article shall answer, for which keywords, how and how long. */
import { Alert, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { codeWords } from '../../data/codes';
import { statusOf, wordOf } from '../../data/status';
import type { IdeaRow } from '../../host';
import { Count } from '../../kit/Amounts';
import { DetailList } from '../../kit/DetailList';
import { SideDrawer } from '../../kit/SideDrawer';
import { StatusDot } from '../../kit/StatusDot';
import { When } from '../../kit/When';
import { PageLink } from '../../parts/pages';
import { canBeQueued, canBeTriedAgain } from './useIdeaActs';

type Props = {
  row: IdeaRow | null;
  onClose: () => void;
  onEdit: (row: IdeaRow) => void;
  onQueue: (id: string) => void;
  onRetry: (taskId: string) => void;
};

export function IdeaDrawer({ row, onClose, onEdit, onQueue, onRetry }: Props) {
  const { t } = useTranslation();
  return (
    <SideDrawer
      opened={row !== null}
      title={row?.title}
      onClose={onClose}
      footer={
        row !== null && (
          <>
            <Button variant="default" onClick={() => onEdit(row)}>
              {t('ideas.action.edit')}
            </Button>
            {canBeQueued(row) && <Button onClick={() => onQueue(row.id)}>{t('ideas.action.queue')}</Button>}
            {row.taskId !== null && canBeTriedAgain(row) && <Retry taskId={row.taskId} onRetry={onRetry} />}
          </>
        )
      }
    >
      {row !== null && <Brief row={row} />}
    </SideDrawer>
  );
}

function Retry({ taskId, onRetry }: { taskId: string; onRetry: Props['onRetry'] }) {
  const { t } = useTranslation();
  return <Button onClick={() => onRetry(taskId)}>{t('ideas.action.retry')}</Button>;
}

function Brief({ row }: { row: IdeaRow }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xl" pb="lg">
      {row.errorCode !== '' && <WhyFailed code={row.errorCode} />}
      <section>
        <Title order={3} mb="xs">
          {t('ideas.detail.brief')}
        </Title>
        {row.description === '' ? (
          <Text c="dimmed">{t('ideas.detail.noBrief')}</Text>
        ) : (
          <Text style={{ whiteSpace: 'pre-line' }}>{row.description}</Text>
        )}
      </section>
      <section>
        <Title order={3} mb="xs">
          {t('ideas.detail.keywords')}
        </Title>
        {row.keywords.length === 0 && <Text c="dimmed">{t('ideas.detail.noKeywords')}</Text>}
        <Group gap="xs">
          {row.keywords.map((keyword) => (
            <Badge key={keyword} variant="light" color="gray" size="lg" tt="none" fw={400}>
              {keyword}
            </Badge>
          ))}
        </Group>
      </section>
      <DetailList
        facts={[
          { label: t('ideas.column.status'), value: <StatusDot {...statusOf('idea', row.status)} /> },
          {
            label: t('ideas.column.cluster'),
            value:
              row.cluster === null || row.clusterId === null ? (
                t('ideas.detail.noCluster')
              ) : (
                <PageLink page="clusters" open={row.clusterId}>
                  {row.cluster}
                </PageLink>
              ),
          },
          { label: t('ideas.column.sector'), value: row.sector },
          { label: t('ideas.column.structure'), value: wordOf('structure', row.contentStructure) },
          { label: t('ideas.column.words'), value: <Count value={row.wordCountTarget} /> },
          { label: t('ideas.column.created'), value: <When at={row.createdAt} style="exact" /> },
        ]}
      />
    </Stack>
  );
}

/** Why it could not be written, and the next step. */
function WhyFailed({ code }: { code: string }) {
  const { what, advice } = codeWords(code);
  return (
    <Alert color="danger" variant="light" title={what}>
      {advice}
    </Alert>
  );
}
