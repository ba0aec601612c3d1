/** What a comparison found: a verdict in a sentence, the sums of each side, and the lines behind them. */
import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reconciliation } from '../../host';
import { useNow } from '../../kit/clock';
import { formatCount, formatDateTime, formatMoney, formatMoneyExact, localZone } from '../../kit/format';
import { MetricCard } from '../../kit/MetricCard';
import { PageTabs } from '../../kit/PageTabs';
import { StatusDot } from '../../kit/StatusDot';
import { MatchedList, OursList, TheirsList, UnreadableList } from './Lines';
import classes from './reconciliation.module.css';
import { verdictOf } from './verdict';

const TABS = ['matched', 'ours', 'theirs', 'unreadable'] as const;
type Tab = (typeof TABS)[number];

type Props = {
  comparison: Reconciliation;
  /** The one compared with; null for those whose models the file names. */
  provider: string | null;
  onProvider: (provider: string | null) => void;
};

export function Comparison({ comparison, provider, onProvider }: Props) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<Tab>('matched');
  const { sums, matched, oursOnly, theirsOnly, unreadable, unreadableCells, isSummed } = comparison;
  const { tone, sentence } = verdictOf(comparison);
  const counts: Record<Tab, number> = {
    matched: sums.matched,
    ours: sums.oursOnly,
    theirs: sums.theirsOnly,
    unreadable: unreadableCells,
  };
  const listed: Record<Tab, number> = {
    matched: matched.length,
    ours: oursOnly.length,
    theirs: theirsOnly.length,
    unreadable: unreadable.length,
  };
  return (
    <>
      <div className={classes.top}>
        <div className={classes.verdict} role="status">
          <StatusDot tone={tone} label={sentence} />
        </div>
        <About comparison={comparison} provider={provider} onProvider={onProvider} />
        <Sums comparison={comparison} />
        {isSummed && (
          <Text size="sm" c="dimmed">
            {t('reconciliation.spansNote')}
          </Text>
        )}
      </div>
      <PageTabs
        label={t('reconciliation.tabs')}
        tabs={TABS.map((id) => ({ id, label: t(`reconciliation.tab.${id}`), count: counts[id] }))}
        open={tab}
        onOpen={setTab}
      >
        {counts[tab] > listed[tab] && (
          <Text className={classes.note ?? ''} c="dimmed">
            {t('reconciliation.firstOnly', { count: formatCount(listed[tab]) })}
          </Text>
        )}
        {tab === 'matched' && <MatchedList rows={matched} />}
        {tab === 'ours' && <OursList rows={oursOnly} />}
        {tab === 'theirs' && <TheirsList rows={theirsOnly} />}
        {tab === 'unreadable' && <UnreadableList rows={unreadable} />}
      </PageTabs>
    </>
  );
}

/** Which file it was, how it was read, and with whom it was compared. */
function About({ comparison, provider, onProvider }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const { fileName, layout, from, until, lines, ignored, providers } = comparison;
  const at = (instant: string) => formatDateTime(instant, localZone(), now);
  const facts = [
    fileName,
    t(`reconciliation.layout.${isLayout(layout) ? layout : 'generic'}`),
    t('reconciliation.lines', { count: lines, amount: formatCount(lines) }),
  ];
  if (ignored > 0) facts.push(t('reconciliation.ignored', { count: ignored, amount: formatCount(ignored) }));
  if (from !== null && until !== null) facts.push(t('reconciliation.span', { from: at(from), until: at(until) }));
  return (
    <div className={classes.about}>
      <Text c="dimmed" data-figures>
        {facts.join(' · ')}
      </Text>
      {(providers.length > 1 || provider !== null) && (
        <Select
          aria-label={t('reconciliation.provider')}
          w="12rem"
          clearable
          clearButtonProps={{ 'aria-label': t('reconciliation.allProviders') }}
          placeholder={t('reconciliation.allProviders')}
          data={providers}
          value={provider}
          onChange={onProvider}
        />
      )}
    </div>
  );
}

const LAYOUTS = ['openai', 'anthropic', 'openrouter', 'generic'] as const;

function isLayout(layout: string): layout is (typeof LAYOUTS)[number] {
  return LAYOUTS.some((known) => known === layout);
}

function Sums({ comparison: { sums, hasCost, isSummed } }: { comparison: Reconciliation }) {
  const { t } = useTranslation();
  const theirs = (cost: string) => (hasCost ? formatMoney(cost) : t('reconciliation.noCost'));
  return (
    <div className={classes.cards}>
      <MetricCard
        label={t('reconciliation.tab.matched')}
        value={formatCount(sums.matched)}
        note={t(isSummed ? 'reconciliation.matchedSums' : 'reconciliation.matchedNote', {
          count: sums.costed,
          amount: formatCount(sums.costed),
          ours: formatMoney(sums.matchedOurCost),
          theirs: theirs(sums.matchedTheirCost),
        })}
      />
      <MetricCard
        label={t('reconciliation.difference')}
        value={hasCost ? formatMoneyExact(sums.difference) : '–'}
        note={
          hasCost
            ? t('reconciliation.differing', { count: sums.differing, amount: formatCount(sums.differing) })
            : t('reconciliation.noCostNote')
        }
      />
      <MetricCard
        label={t('reconciliation.tab.ours')}
        value={formatCount(sums.oursOnly)}
        note={t('reconciliation.oursNote', { cost: formatMoney(sums.oursOnlyCost) })}
      />
      <MetricCard
        label={t('reconciliation.tab.theirs')}
        value={formatCount(sums.theirsOnly)}
        note={t('reconciliation.theirsNote', {
          count: sums.theirsOnlyCosted,
          amount: formatCount(sums.theirsOnlyCosted),
          cost: theirs(sums.theirsOnlyCost),
        })}
      />
    </div>
  );
}
