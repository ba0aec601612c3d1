/** The copies that one can go back to, and whether the books in each balance: the newest that do is the one to take. */
import { Anchor, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import type { BooksOfCopy, CopyView } from '../../host';
import { StatusDot } from '../../kit/StatusDot';
import type { Tone } from '../../kit/tone';
import { When } from '../../kit/When';
import classes from './credits.module.css';

const TONES: Readonly<Record<BooksOfCopy, Tone>> = { balance: 'success', off: 'danger', unusable: 'neutral' };

export function BooksOfCopies() {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const { data, error, isFetching, refetch } = useCommand('booksOfCopies', [], { enabled: isAsked });
  const problem = problemOf(error);
  const press = () => {
    if (isAsked) void refetch();
    setAsked(true);
  };
  return (
    <section className={classes.findings} aria-labelledby="copies-title">
      <Title order={2} id="copies-title">
        {t('credits.books.copies.title')}
      </Title>
      <Anchor component="button" size="sm" disabled={isFetching} onClick={press}>
        {t('credits.books.copies.look')}
      </Anchor>
      {isFetching && <Text role="status">{t('credits.books.copies.looking')}</Text>}
      {!isFetching && problem !== null && <Text role="alert">{problem.what}</Text>}
      {!isFetching && problem === null && data !== undefined && <Found copies={data} />}
    </section>
  );
}

function Found({ copies }: { copies: CopyView[] }) {
  const { t } = useTranslation();
  if (copies.length === 0) return <Text c="dimmed">{t('credits.books.copies.none')}</Text>;
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('credits.books.copies.column.file')}</Table.Th>
          <Table.Th>{t('credits.books.copies.column.made')}</Table.Th>
          <Table.Th>{t('credits.books.copies.column.books')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {copies.map(({ file, madeAt, books }) => (
          <Table.Tr key={file}>
            <Table.Td>{file}</Table.Td>
            <Table.Td>
              <When at={madeAt} />
            </Table.Td>
            <Table.Td>
              <StatusDot tone={TONES[books]} label={t(`credits.books.copies.books.${books}`)} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
