/** Where credits and money went, one line for each operation, model, site or article, the dearest first. */
import { Anchor, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { UsageFigures, UsageSlice } from '../../host';
import { Credits, Money } from '../../kit/Amounts';
import { formatPart } from '../../kit/format';
import { articleAddress } from '../../parts/pages';
import classes from './usage.module.css';

type Props = {
  title: string;
  slices: readonly UsageSlice[];
  /** What shares are of. */
  totals: UsageFigures;
  name: (slice: UsageSlice) => string;
  /** A quiet word beside the name. */
  note?: (slice: UsageSlice) => string;
  /** Narrows the page to the line. */
  onOpen?: (slice: UsageSlice) => void;
};

export function SliceTable({ title, slices, totals, name, note, onOpen }: Props) {
  return (
    <Slices title={title} slices={slices} totals={totals}>
      {(slice) => (
        <>
          {onOpen === undefined ? (
            name(slice)
          ) : (
            <Anchor component="button" size="sm" onClick={() => onOpen(slice)}>
              {name(slice)}
            </Anchor>
          )}
          {note !== undefined && (
            <Text span size="xs" c="dimmed">
              {' '}
              {note(slice)}
            </Text>
          )}
        </>
      )}
    </Slices>
  );
}

/** The dearest articles; their lines lead to them. */
export function ArticleSlices({ slices, totals }: Pick<Props, 'slices' | 'totals'>) {
  const { t } = useTranslation();
  return (
    <Slices title={t('usage.by.article')} slices={slices} totals={totals}>
      {({ key, label }) => (
        <Anchor component={Link} {...articleAddress(key)} size="sm">
          {label || t('usage.goneArticle', { id: key })}
        </Anchor>
      )}
    </Slices>
  );
}

type SlicesProps = Pick<Props, 'title' | 'slices' | 'totals'> & { children: (slice: UsageSlice) => ReactNode };

function Slices({ title, slices, totals, children }: SlicesProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.panel} aria-label={title}>
      <Title order={2}>{title}</Title>
      {slices.length === 0 ? (
        <p className={classes.none}>{t('usage.none')}</p>
      ) : (
        <Table className={classes.table ?? ''} data-figures aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('usage.column.name')}</Table.Th>
              <Table.Th>{t('usage.column.credits')}</Table.Th>
              <Table.Th>{t('usage.column.share')}</Table.Th>
              <Table.Th>{t('usage.column.cost')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {slices.map((slice) => (
              <Table.Tr key={slice.key}>
                <Table.Th scope="row" className={classes.name ?? ''}>
                  {children(slice)}
                </Table.Th>
                <Table.Td>
                  <Credits amount={slice.figures.credits} />
                </Table.Td>
                <Table.Td>{formatPart(Number(slice.figures.credits), Number(totals.credits))}</Table.Td>
                <Table.Td>
                  <Money amount={slice.figures.cost} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
