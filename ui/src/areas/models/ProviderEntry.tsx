/** One provider: where it is asked and with which key, what it said when it was tested, and what can be done about it. */
import { Button, Group, Text } from '@mantine/core';
import { KeyRound, Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { ProviderTest, ProviderView } from '../../host';
import { ConfirmPopover } from '../../kit/ConfirmPopover';
import { StatusDot } from '../../kit/StatusDot';
import { toast } from '../../kit/toasts';
import classes from './models.module.css';
import { dialectLabel, toneOf } from './providers';

type Props = {
  row: ProviderView;
  /** Its models in the catalogue. */
  models: number;
  onEdit: () => void;
};

export function ProviderEntry({ row, models, onEdit }: Props) {
  const { t } = useTranslation();
  const test = useAct('providerTest');
  const { name } = row;
  const facts = [
    keyOf(),
    t('models.providers.speaks', { dialect: dialectLabel(row.dialect) }),
    ...(row.perMinute === null ? [] : [t('models.providers.perMinute', { count: row.perMinute })]),
    t('models.providers.models', { count: models }),
  ];
  return (
    <Entry
      icon={row.hasKey ? <KeyRound size="1rem" aria-hidden /> : <Server size="1rem" aria-hidden />}
      name={name}
      acts={
        <Group gap="xs" wrap="nowrap">
          <Button
            variant="default"
            loading={test.isPending}
            aria-label={t('models.providers.testName', { name })}
            onClick={() => test.mutate([name], { onError: tell })}
          >
            {t('models.providers.test')}
          </Button>
          <Button variant="default" aria-label={t('models.providers.changeName', { name })} onClick={onEdit}>
            {t('models.providers.change')}
          </Button>
          <Removal name={name} />
        </Group>
      }
    >
      <Text size="sm">{row.url}</Text>
      <Text size="sm" c="dimmed">
        {facts.join(' · ')}
      </Text>
      <div aria-live="polite">
        {test.data !== undefined && !test.isPending && <Outcome test={test.data} hasKey={row.hasKey} />}
      </div>
    </Entry>
  );

  function keyOf(): string {
    if (!row.hasKey) return t('models.providers.noKey');
    return row.keyTail === '' ? t('models.providers.hasKey') : t('models.providers.key', { tail: row.keyTail });
  }
}

type EntryProps = { icon: ReactNode; name: string; acts?: ReactNode; children: ReactNode };

export function Entry({ icon, name, acts, children }: EntryProps) {
  return (
    <li className={classes.provider}>
      {icon}
      <div>
        <Text fw={500}>{name}</Text>
        {children}
      </div>
      {acts}
    </li>
  );
}

function Outcome({ test, hasKey }: { test: ProviderTest; hasKey: boolean }) {
  const { t } = useTranslation();
  const { verdict, models } = test;
  const isOpen = verdict === 'right' && !hasKey;
  const advice =
    models === null ? t(`models.providers.advice.${verdict}`) : t('models.providers.advice.lists', { count: models });
  return (
    <Group gap="sm" mt="xs">
      <StatusDot tone={toneOf(verdict)} label={t(`models.providers.verdict.${isOpen ? 'rightWithout' : verdict}`)} />
      <Text size="sm">{advice}</Text>
    </Group>
  );
}

function Removal({ name }: { name: string }) {
  const { t } = useTranslation();
  const remove = useAct('providerRemove');
  return (
    <ConfirmPopover
      question={t('models.providers.removeQuestion', { name })}
      confirmLabel={t('models.providers.remove')}
      onConfirm={() =>
        remove.mutate([name], {
          onSuccess: () => toast('info', t('models.providers.removed', { name })),
          onError: tell,
        })
      }
    >
      {(open) => (
        <Button
          variant="subtle"
          color="danger"
          loading={remove.isPending}
          aria-label={t('models.providers.removeName', { name })}
          onClick={open}
        >
          {t('models.providers.remove')}
        </Button>
      )}
    </ConfirmPopover>
  );
}
