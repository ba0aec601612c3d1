/**
 * The providers that models come from: the built-in engine, which is always there, and those that are connected, each with
 * a button that asks it for nothing whether it is there.
 */
import { Button, Group, Text } from '@mantine/core';
import { Cpu } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import type { ProviderView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { TextSkeleton } from '../../kit/Skeletons';
import { newest } from './catalogue';
import classes from './models.module.css';
import { Entry, ProviderEntry } from './ProviderEntry';
import { ProviderForm } from './ProviderForm';

export function ProviderList({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCommand('providers', []);
  const { data: models } = useCommand('models', []);
  const [edited, setEdited] = useState<ProviderView | null>(null);
  const problem = problemOf(error);
  const countOf = (name: string) => newest(models ?? []).filter((model) => model.provider === name).length;
  return (
    <section className={classes.use} aria-label={t('models.providers.title')}>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {problem === null && data === undefined && <TextSkeleton />}
      {data !== undefined && (
        <ul className={classes.providers}>
          <Entry icon={<Cpu size="1rem" aria-hidden />} name={t('models.providers.builtIn')}>
            <Text size="sm" c="dimmed">
              {t('models.providers.builtInHint')}
            </Text>
          </Entry>
          {data.map((row) => (
            <ProviderEntry key={row.name} row={row} models={countOf(row.name)} onEdit={() => setEdited(row)} />
          ))}
        </ul>
      )}
      {data?.length === 0 && (
        <Group gap="md">
          <Text c="dimmed">{t('models.providers.empty')}</Text>
          <Button variant="default" onClick={onAdd}>
            {t('models.providers.add')}
          </Button>
        </Group>
      )}
      {edited !== null && <ProviderForm provider={edited} onClose={() => setEdited(null)} />}
    </section>
  );
}
