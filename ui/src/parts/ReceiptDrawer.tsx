/** The proof of a delivery: every field as it was sent, against what was read back from the site. */
import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { Download, ExternalLink, FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../data/command';
import { useHost } from '../data/host';
import { problemOf, tell } from '../data/problems';
import { receiptStatus, wordOf } from '../data/status';
import type { ReceiptField, ReceiptView } from '../host';
import { ErrorState } from '../kit/ErrorState';
import { formatCount } from '../kit/format';
import { SideDrawer } from '../kit/SideDrawer';
import { TextSkeleton } from '../kit/Skeletons';
import { StatusDot } from '../kit/StatusDot';
import { toast } from '../kit/toasts';
import { When } from '../kit/When';
import classes from './ReceiptDrawer.module.css';

type Props = {
  /** The article; null while closed. */
  contentId: string | null;
  /** The proof of the hand-over instead of that of the publication. */
  isHandOver?: boolean;
  onClose: () => void;
};

export function ReceiptDrawer({ contentId, isHandOver = false, onClose }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCommand('content', [contentId ?? ''], { enabled: contentId !== null });
  const problem = contentId === null ? null : problemOf(error);
  const receipt = (isHandOver ? data?.handOver : data?.receipt) ?? null;
  const lead = isHandOver
    ? 'articles.receipt.handOverLead'
    : data?.row.isBehind
      ? 'articles.receipt.liveLead'
      : 'articles.receipt.lead';
  return (
    <SideDrawer
      opened={contentId !== null}
      title={t('articles.receipt.title')}
      size="reading"
      onClose={onClose}
      footer={
        receipt === null || contentId === null ? undefined : (
          <Group gap="sm">
            {!isHandOver && <SiteButton url={receipt.url} />}
            <SaveButton contentId={contentId} />
          </Group>
        )
      }
    >
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {problem === null && data === undefined && <TextSkeleton />}
      {data !== undefined && receipt !== null && <Receipt title={data.row.title} lead={t(lead)} receipt={receipt} />}
    </SideDrawer>
  );
}

function Receipt({ title, lead, receipt }: { title: string; lead: string; receipt: ReceiptView }) {
  const { t } = useTranslation();
  const facts = [
    [t('articles.receipt.readBack'), <When key="at" at={receipt.at} style="exact" />],
    [t('articles.receipt.address'), receipt.url],
    [t('articles.receipt.id'), receipt.externalId],
    [t('articles.receipt.version'), formatCount(receipt.version)],
  ] as const;
  return (
    <Stack gap="lg">
      <div>
        <Text fw={600}>{title}</Text>
        <Text c="dimmed">{lead}</Text>
      </div>
      <dl className={classes.facts}>
        {facts.map(([label, value]) => (
          <div key={label} className={classes.fact}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Table className={classes.table ?? ''} aria-label={t('articles.receipt.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('articles.receipt.field')}</Table.Th>
            <Table.Th>{t('articles.receipt.verdict')}</Table.Th>
            <Table.Th>{t('articles.receipt.sent')}</Table.Th>
            <Table.Th>{t('articles.receipt.found')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {numbered(receipt.fields).map(([key, field]) => (
            <FieldRow key={key} field={field} />
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function FieldRow({ field: { field, verdict, note, sent, found } }: { field: ReceiptField }) {
  const { t } = useTranslation();
  const value = (text: string) => {
    if (text === '') return <span className={classes.absent}>{t('articles.receipt.empty')}</span>;
    return field === 'date' ? <When at={text} style="exact" /> : text;
  };
  return (
    <Table.Tr>
      <Table.Th scope="row">{wordOf('receiptField', field)}</Table.Th>
      <Table.Td>
        <StatusDot {...receiptStatus({ verdict, note })} />
        {note !== '' && <div className={classes.note}>{wordOf('receiptNote', note)}</div>}
      </Table.Td>
      <Table.Td>{value(sent)}</Table.Td>
      <Table.Td>{value(found)}</Table.Td>
    </Table.Tr>
  );
}

/** The receipts of the article as a file for others to read. */
function SaveButton({ contentId }: { contentId: string }) {
  const { t } = useTranslation();
  const write = useAct('receiptExport');
  const press = () =>
    write.mutate([contentId], {
      // Nothing was written when the dialog was left.
      onSuccess: (file) => file !== null && toast('success', t('articles.receipt.saved', { path: file.path })),
      onError: tell,
    });
  return (
    <Button
      variant="subtle"
      leftSection={<Download size="1rem" aria-hidden />}
      loading={write.isPending}
      onClick={press}
    >
      {t('articles.receipt.save')}
    </Button>
  );
}

/** Opens what was published: in the browser, or in the system's file browser. */
export function SiteButton({ url, variant = 'default' }: { url: string; variant?: 'default' | 'filled' }) {
  const { t } = useTranslation();
  const host = useHost();
  const isWeb = /^https?:/.test(url);
  const Icon = isWeb ? ExternalLink : FolderOpen;
  const failed = (error: unknown) =>
    isWeb ? tell(error) : toast('warning', t('articles.receipt.gone'), filePath(url));
  const open = () => (isWeb ? host.openExternal(url) : host.revealPath(filePath(url))).catch(failed);
  return (
    <Button variant={variant} leftSection={<Icon size="1rem" aria-hidden />} onClick={() => void open()}>
      {t(isWeb ? 'articles.act.onSite' : 'articles.receipt.copy')}
    </Button>
  );
}

/** The path behind the address of a file on this computer. */
function filePath(url: string): string {
  return url.startsWith('file:') ? decodeURIComponent(new URL(url).pathname) : url;
}

/** A field may occur more than once: each picture has its alternative. */
function numbered(fields: readonly ReceiptField[]): [string, ReceiptField][] {
  return fields.map((field, at) => [`${field.field}${at}`, field]);
}
