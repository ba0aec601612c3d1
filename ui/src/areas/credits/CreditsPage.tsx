/** Credits: what there is, where it went line by line, what limits spending, and the books for others to check. */
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import { useAreBooksOff } from '../../data/spending';
import type { Balance } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { formatCredits } from '../../kit/format';
import { Page } from '../../kit/Page';
import { PageTabs } from '../../kit/PageTabs';
import { PrimaryAction } from '../../kit/PrimaryAction';
import { CardsSkeleton } from '../../kit/Skeletons';
import { useTab } from '../../kit/useTab';
import { FooterFacts } from '../../parts/FooterFacts';
import { AddForm } from './AmountForms';
import { BalanceCards } from './BalanceCards';
import { BooksLine } from './BooksLine';
import classes from './credits.module.css';
import { ExportMenu } from './ExportMenu';
import { LimitsPanel } from './LimitsPanel';
import { Statement } from './Statement';
import { StopSwitch } from './StopSwitch';

const TABS = ['statement', 'limits'] as const;

export function CreditsPage() {
  const { t } = useTranslation();
  const { data: balance, error, refetch } = useCommand('balance', []);
  const [tab, setTab] = useTab(TABS);
  const [isAdding, setAdding] = useState(false);
  const areBooksOff = useAreBooksOff();
  const problem = problemOf(error);
  return (
    <Page
      title={t('frame.page.credits')}
      actions={
        <>
          <StopSwitch />
          <ExportMenu />
          <PrimaryAction
            label={t('credits.add.button')}
            icon={<Plus size="1rem" aria-hidden />}
            blocked={areBooksOff ? t('credits.add.booksOff') : undefined}
            onPress={() => setAdding(true)}
          />
        </>
      }
    >
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      <div className={classes.top}>
        {problem === null && balance === undefined && <CardsSkeleton cards={5} />}
        {balance !== undefined && <BalanceCards balance={balance} />}
        <BooksLine />
      </div>
      <PageTabs
        label={t('credits.tabs')}
        tabs={TABS.map((id) => ({ id, label: t(`credits.tab.${id}`) }))}
        open={tab}
        onOpen={setTab}
      >
        {tab === 'statement' ? <Statement /> : <LimitsPanel balance={balance} />}
      </PageTabs>
      <AddForm opened={isAdding} onClose={() => setAdding(false)} />
      {balance !== undefined && <CreditFacts balance={balance} />}
    </Page>
  );
}

function CreditFacts({ balance: { granted, used } }: { balance: Balance }) {
  const { t } = useTranslation();
  return (
    <FooterFacts
      slot="page-progress"
      label={t('credits.facts')}
      facts={[
        { label: t('credits.fact.granted'), value: formatCredits(granted) },
        { label: t('credits.fact.used'), value: formatCredits(used) },
      ]}
    />
  );
}
