/** Whether the ledger agreed with its own sums when it was last checked, and two ways to check it oneself. */
import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { tell } from '../../data/problems';
import { StatusDot } from '../../kit/StatusDot';
import { toast } from '../../kit/toasts';
import { When } from '../../kit/When';
import { PageLink } from '../../parts/pages';
import { BooksFindings } from './BooksFindings';
import { BooksOfCopies } from './BooksOfCopies';
import classes from './credits.module.css';

export function BooksLine() {
  const { t } = useTranslation();
  const { data: workspace, refetch } = useCommand('workspace', []);
  const check = useAct('booksCheck');
  if (workspace === undefined) return null;
  const { booksBalance, auditedAt } = workspace;
  const press = () =>
    check.mutate([], {
      onSuccess: async () => {
        const { data } = await refetch();
        if (data !== undefined)
          toast(
            data.booksBalance ? 'success' : 'danger',
            t(data.booksBalance ? 'credits.books.balance' : 'credits.books.off'),
          );
      },
      onError: tell,
    });
  return (
    <div className={classes.books} role={booksBalance ? 'note' : 'alert'}>
      <StatusDot
        tone={booksBalance ? 'success' : 'danger'}
        label={t(booksBalance ? 'credits.books.balance' : 'credits.books.off')}
      />
      <Text size="xs" c="dimmed">
        {t('credits.books.checked')} <When at={auditedAt} />
      </Text>
      <Anchor component="button" size="sm" disabled={check.isPending} onClick={press}>
        {t('credits.books.check')}
      </Anchor>
      <PageLink page="reconciliation">{t('credits.books.reconcile')}</PageLink>
      {!booksBalance && (
        <>
          <Text>{t('credits.books.offAdvice')}</Text>
          <BooksFindings />
          <BooksOfCopies />
        </>
      )}
    </div>
  );
}
