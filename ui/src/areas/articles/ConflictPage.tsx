/** Two wordings of one article beside each other: the one here and the one on the site, and what is kept of them. */
import { Button, Tabs, Text, Title } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand, useKeyedAct } from '../../data/command';
import { faultOf } from '../../data/fault';
import { problemOf, tell } from '../../data/problems';
import type { ConflictDecision, ConflictView } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { ErrorState } from '../../kit/ErrorState';
import { Page } from '../../kit/Page';
import { PrimaryAction } from '../../kit/PrimaryAction';
import { TextSkeleton } from '../../kit/Skeletons';
import { actToast, toast } from '../../kit/toasts';
import { When } from '../../kit/When';
import { selectionOf } from '../../parts/articleMoves';
import { ArticleLink, articleAddress } from '../../parts/pages';
import classes from './conflict.module.css';
import { type Choices, decisionOf, openCount, resultOf, suggested, wholly } from './conflictChoices';
import { FieldChoices } from './FieldChoices';
import { Prose } from './Prose';
import { RunChoices } from './RunChoices';

export function ConflictPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams({ strict: false });
  const { data: view, error, refetch } = useCommand('conflict', [id]);
  const problem = problemOf(error);
  // Another finding is another decision.
  if (view !== undefined && problem === null)
    return <Conflict key={`${view.row.foundAt}/${view.version}`} view={view} />;
  const isNothing = error !== null && faultOf(error).code === 'NotFound';
  return (
    <Page title={t('conflict.title')} width="full">
      {problem === null && <TextSkeleton lines={14} />}
      {problem !== null && !isNothing && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {isNothing && (
        <EmptyState
          drawing="check"
          sentence={t('conflict.nothing')}
          action={<ArticleLink id={id}>{t('conflict.back')}</ArticleLink>}
        />
      )}
    </Page>
  );
}

type Kept = 'mine' | 'theirs' | 'merged';

function Conflict({ view }: { view: ConflictView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [choices, setChoices] = useState<Choices>(() => suggested(view));
  const { mutate, isPending } = useAct('conflictDecide');
  const { mutate: publish } = useKeyedAct('contentsPublish');
  const publishNow = () =>
    publish([selectionOf([view.row.id]), false], {
      onSuccess: () => toast('info', t('conflict.sent')),
      onError: tell,
    });
  const decide = (kept: Kept, decision: ConflictDecision | null) => {
    if (decision === null) return;
    mutate([view.row.id, decision], {
      onSuccess: () => {
        if (kept === 'theirs') toast('success', t('conflict.decided.theirs'));
        else actToast('success', t(`conflict.decided.${kept}`), t('conflict.publishNow'), publishNow);
        void navigate(articleAddress(view.row.id));
      },
      onError: (error) => {
        const fault = faultOf(error);
        if (fault.code !== 'WrongState') tell(error);
        else toast('warning', t(fault.detail.what === 'content' ? 'conflict.onItsWay' : 'conflict.changedMeanwhile'));
      },
    });
  };
  const open = openCount(choices);
  return (
    <Page
      title={t('conflict.title')}
      actions={
        <>
          <Button variant="default" disabled={isPending} onClick={() => decide('mine', wholly(view, 'ours'))}>
            {t('conflict.act.mine')}
          </Button>
          <Button variant="default" disabled={isPending} onClick={() => decide('theirs', wholly(view, 'theirs'))}>
            {t('conflict.act.theirs')}
          </Button>
          <PrimaryAction
            label={t('conflict.act.merged')}
            icon={<Check size="1rem" aria-hidden />}
            busy={isPending}
            blocked={open > 0 ? t('conflict.open', { count: open }) : undefined}
            onPress={() => decide('merged', decisionOf(view, choices))}
          />
        </>
      }
    >
      <div className={classes.page}>
        <Heading view={view} open={open} />
        <Tabs defaultValue="compare" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="compare">{t('conflict.tabs.compare')}</Tabs.Tab>
            <Tabs.Tab value="result">{t('conflict.tabs.result')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="compare" pt="md">
            <FieldChoices view={view} choices={choices} onChange={setChoices} />
            <RunChoices view={view} choices={choices} onChange={setChoices} />
          </Tabs.Panel>
          <Tabs.Panel value="result" pt="md">
            <section className={classes.result} aria-label={t('conflict.resultTitle')}>
              <Prose html={resultOf(view, choices)} base={null} />
            </section>
          </Tabs.Panel>
        </Tabs>
      </div>
    </Page>
  );
}

function Heading({ view: { row, leftOut }, open }: { view: ConflictView; open: number }) {
  const { t } = useTranslation();
  return (
    <header className={classes.heading}>
      <ArticleLink id={row.id}>← {t('conflict.back')}</ArticleLink>
      <Title order={2}>{row.title}</Title>
      <Text>{t('conflict.lead', { site: row.site })}</Text>
      <Text size="sm" c="dimmed" aria-live="polite">
        {t('conflict.found')} <When at={row.foundAt} /> ·{' '}
        {open > 0 ? t('conflict.open', { count: open }) : t('conflict.allDecided')}
      </Text>
      {leftOut.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('conflict.leftOut', { names: leftOut.join(', ') })}
        </Text>
      )}
    </header>
  );
}
