/** Credits: what there is, where it went line by line, and how much comes in each month. */
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { ListTree, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { NO_FILTER, useList } from '../../data/list';
import { problemOf } from '../../data/problems';
import { wordOf } from '../../data/status';
import type { Balance, TransactionRow } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { ErrorState } from '../../kit/ErrorState';
import { formatCredits } from '../../kit/format';
import { Page } from '../../kit/Page';
import { PrimaryAction } from '../../kit/PrimaryAction';
import { CardsSkeleton } from '../../kit/Skeletons';
import { DataTable } from '../../kit/table/DataTable';
import type { RowAction } from '../../kit/table/types';
import { useListView } from '../../kit/table/useListView';
import { FooterFacts } from '../../parts/FooterFacts';
import { addressOf } from '../../parts/pages';
import { AddForm, BudgetForm } from './AmountForms';
import { BalanceCards, BooksBadge } from './BalanceCards';
import classes from './credits.module.css';
import { statementColumns, statementFilters } from './statement';

const idOf = (row: TransactionRow) => row.id;
const nameOf = (row: TransactionRow) => wordOf('transaction', row.transactionType);

export function CreditsPage() {
  const { t } = useTranslation();
  const { data: balance, error, refetch } = useCommand('balance', []);
  const [form, setForm] = useState<'add' | 'budget' | null>(null);
  const problem = problemOf(error);
  const close = () => setForm(null);
  return (
    <Page
      title={t('frame.page.credits')}
      actions={
        <>
          <Button variant="default" onClick={() => setForm('budget')}>
            {t('credits.budget.button')}
          </Button>
          <PrimaryAction
            label={t('credits.add.button')}
            icon={<Plus size="1rem" aria-hidden />}
            onPress={() => setForm('add')}
          />
        </>
      }
    >
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      <div className={classes.top}>
        {problem === null && balance === undefined && <CardsSkeleton cards={5} />}
        {balance !== undefined && <BalanceCards balance={balance} />}
        <BooksBadge />
      </div>
      <Statement />
      <AddForm opened={form === 'add'} onClose={close} />
      <BudgetForm opened={form === 'budget'} budget={balance?.monthlyBudget ?? '0'} onClose={close} />
      {balance !== undefined && <CreditFacts balance={balance} />}
    </Page>
  );
}

function Statement() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [view, setView] = useListView();
  const { kind, status } = view.filters;
  const filter = {
    ...NO_FILTER,
    kind: kind === undefined ? [] : [kind],
    status: status === undefined ? [] : [status],
  };
  const source = useList('transactions', filter, null);
  const columns = useMemo(statementColumns, []);
  const filters = useMemo(statementFilters, []);
  const rowActions = useMemo<RowAction<TransactionRow>[]>(
    () => [
      {
        id: 'open',
        label: t('credits.openTask'),
        icon: <ListTree size="1rem" aria-hidden />,
        shortcut: 'open',
        applies: ({ operationId }) => operationId !== null,
        run: ({ operationId }) => {
          if (operationId !== null) void navigate(addressOf('tasks', operationId));
        },
      },
    ],
    [t, navigate],
  );
  return (
    <DataTable
      title={t('credits.statement')}
      columns={columns}
      rowId={idOf}
      rowName={nameOf}
      source={source}
      view={view}
      onViewChange={setView}
      filters={filters}
      searchable={false}
      rowActions={rowActions}
      empty={<EmptyState drawing="coins" sentence={t('credits.empty')} />}
    />
  );
}

function CreditFacts({ balance: { granted, used, lapsed } }: { balance: Balance }) {
  const { t } = useTranslation();
  return (
    <FooterFacts
      slot="page-progress"
      label={t('credits.facts')}
      facts={[
        { label: t('credits.fact.granted'), value: formatCredits(granted) },
        { label: t('credits.fact.used'), value: formatCredits(used) },
        { label: t('credits.fact.lapsed'), value: formatCredits(lapsed) },
      ]}
    />
  );
}
