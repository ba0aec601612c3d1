/** Sites that were removed: since when, until when each can be had back, and the way back. */
import { Badge, Button, Text, Title } from '@mantine/core';
import { ArchiveRestore } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { faultOf } from '../../data/fault';
import { problemOf, tell } from '../../data/problems';
import type { RemovedSite } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { ErrorState } from '../../kit/ErrorState';
import { CardsSkeleton } from '../../kit/Skeletons';
import { toast } from '../../kit/toasts';
import { When } from '../../kit/When';
import classes from './sites.module.css';

type Props = { onShowSites: () => void };

export function RemovedList({ onShowSites }: Props) {
  const { t } = useTranslation();
  const { data: sites, error, refetch } = useCommand('removedSites', []);
  const problem = problemOf(error);
  if (problem !== null) return <ErrorState problem={problem} onRetry={() => void refetch()} />;
  if (sites === undefined) {
    return (
      <div className={classes.waiting}>
        <CardsSkeleton cards={3} />
      </div>
    );
  }
  if (sites.length === 0) {
    return (
      <EmptyState
        drawing="site"
        sentence={t('sites.gone.empty')}
        action={
          <Button variant="default" onClick={onShowSites}>
            {t('sites.gone.emptyAction')}
          </Button>
        }
      />
    );
  }
  return (
    <div className={classes.cards}>
      {sites.map((site) => (
        <RemovedCard key={site.id} site={site} />
      ))}
    </div>
  );
}

function RemovedCard({ site: { id, name, kind, removedAt, goesAtNextStart } }: { site: RemovedSite }) {
  const { t } = useTranslation();
  const restore = useAct('siteRestore');
  const bringBack = () =>
    restore.mutate([id], {
      onSuccess: () => toast('success', t('sites.gone.back', { name })),
      onError: (error) => {
        const fault = faultOf(error);
        const isTaken = fault.code === 'InvalidField' && fault.detail.rule === 'taken';
        if (isTaken) toast('danger', t('sites.gone.taken', { name }), t('sites.gone.takenAdvice'));
        else tell(error);
      },
    });
  return (
    <article className={classes.card} aria-label={name}>
      <header className={classes.cardHead}>
        <Title order={2} className={classes.cardName ?? ''}>
          {name}
        </Title>
        {goesAtNextStart && (
          <Badge variant="light" color="gray">
            {t('sites.sample')}
          </Badge>
        )}
      </header>
      <Text size="sm" c="dimmed">
        {t(`sites.kind.${kind}`)} · {t('sites.gone.since')} <When at={removedAt} />
      </Text>
      <Text size="sm">{t(goesAtNextStart ? 'sites.gone.untilStart' : 'sites.gone.always')}</Text>
      <footer className={classes.cardFoot}>
        <Button
          variant="default"
          leftSection={<ArchiveRestore size="1rem" aria-hidden />}
          aria-label={`${t('sites.gone.restore')}: ${name}`}
          loading={restore.isPending}
          onClick={bringBack}
        >
          {t('sites.gone.restore')}
        </Button>
      </footer>
    </article>
  );
}
