/** Every paid step of an article, newest first, each leading to the AI task it was part of. */
import { Anchor, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { wordOf } from '../../data/status';
import type { ContentCost, CostLine } from '../../host';
import { Credits, Money } from '../../kit/Amounts';
import { formatCount } from '../../kit/format';
import { SideDrawer } from '../../kit/SideDrawer';
import { When } from '../../kit/When';
import { addressOf } from '../../parts/pages';
import classes from './articles.module.css';

type Props = { opened: boolean; cost: ContentCost; onClose: () => void };

export function CostDrawer({ opened, cost, onClose }: Props) {
  const { t } = useTranslation();
  const { lines, figures } = cost;
  return (
    <SideDrawer opened={opened} title={t('articles.cost.stepsTitle')} size="reading" onClose={onClose}>
      {lines.length < figures.records && (
        <Text c="dimmed" mb="sm">
          {t('articles.cost.newestOnly', { amount: formatCount(lines.length), total: formatCount(figures.records) })}
        </Text>
      )}
      <Table className={classes.cost ?? ''} aria-label={t('articles.cost.stepsTitle')} data-figures>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('articles.cost.step')}</Table.Th>
            <Table.Th>{t('articles.cost.outcome')}</Table.Th>
            <Table.Th>{t('articles.cost.tokens')}</Table.Th>
            <Table.Th>{t('articles.cost.credits')}</Table.Th>
            <Table.Th>{t('articles.cost.provider')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Step key={line.id} line={line} />
          ))}
        </Table.Tbody>
      </Table>
    </SideDrawer>
  );
}

function Step({ line }: { line: CostLine }) {
  const { t } = useTranslation();
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Anchor component={Link} {...addressOf('tasks', line.operationId)} size="sm">
          {wordOf('operationType', line.operationType)}
        </Anchor>
        <Text size="xs" c="dimmed">
          <When at={line.at} /> · {line.model}
          {line.attempts > 1 && <> · {t('articles.cost.attempts', { count: line.attempts })}</>}
        </Text>
      </Table.Th>
      <Table.Td>{wordOf('outcome', line.outcome)}</Table.Td>
      <Table.Td>
        {formatCount(Number(line.tokens))}
        {line.isEstimated && line.tokens !== '0' && (
          <Text size="xs" c="dimmed">
            {t('kit.estimated')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Credits amount={line.credits} />
      </Table.Td>
      <Table.Td>
        <Money amount={line.cost} />
      </Table.Td>
    </Table.Tr>
  );
}
