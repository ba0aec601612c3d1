/** What an article cost so far, part by part, with a way to every paid step behind it. */
import { Anchor, Skeleton, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import { wordOf } from '../../data/status';
import type { ContentCost, UsageFigures } from '../../host';
import { Credits, Money } from '../../kit/Amounts';
import { formatCount, formatMoney } from '../../kit/format';
import { Card } from './ArticleCards';
import classes from './articles.module.css';
import { CostDrawer } from './CostDrawer';

export function CostCard({ contentId }: { contentId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCommand('contentCost', [contentId]);
  const [opened, setOpened] = useState(false);
  const problem = problemOf(error);
  return (
    <Card title={t('articles.card.cost')}>
      {problem !== null && (
        <Text role="alert">
          {problem.what}{' '}
          <Anchor component="button" size="sm" onClick={() => void refetch()}>
            {t('kit.retry')}
          </Anchor>
        </Text>
      )}
      {problem === null && data === undefined && <Skeleton height="7rem" role="status" aria-label={t('kit.loading')} />}
      {problem === null && data !== undefined && (
        <>
          <Parts cost={data} />
          {data.lines.length > 0 && (
            <div>
              <Anchor component="button" size="sm" onClick={() => setOpened(true)}>
                {t('articles.cost.steps')}
              </Anchor>
            </div>
          )}
          <CostDrawer opened={opened} cost={data} onClose={() => setOpened(false)} />
        </>
      )}
    </Card>
  );
}

function Parts({ cost: { figures, parts } }: { cost: ContentCost }) {
  const { t } = useTranslation();
  if (figures.records === 0) return <Text c="dimmed">{t('articles.cost.none')}</Text>;
  return (
    <>
      <Table className={classes.cost ?? ''} aria-label={t('articles.card.cost')} data-figures>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('articles.cost.part')}</Table.Th>
            <Table.Th>{t('articles.cost.credits')}</Table.Th>
            <Table.Th>{t('articles.cost.provider')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parts.map((part) => (
            <Line key={part.part} name={wordOf('contentPart', part.part)} figures={part.figures} />
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Line name={t('articles.cost.total')} figures={figures} />
        </Table.Tfoot>
      </Table>
      <Text size="xs" c="dimmed" data-figures>
        {t('articles.cost.worth', {
          money: formatMoney(figures.creditValue),
          tokens: formatCount(Number(figures.tokens.total)),
        })}
        {figures.lost > 0 && (
          <>
            {' '}
            {t('articles.cost.lost', {
              count: figures.lost,
              amount: formatCount(figures.lost),
              cost: formatMoney(figures.lostCost),
            })}
          </>
        )}
      </Text>
    </>
  );
}

function Line({ name, figures }: { name: string; figures: UsageFigures }) {
  return (
    <Table.Tr>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td>
        <Credits amount={figures.credits} />
      </Table.Td>
      <Table.Td>
        <Money amount={figures.cost} />
      </Table.Td>
    </Table.Tr>
  );
}
