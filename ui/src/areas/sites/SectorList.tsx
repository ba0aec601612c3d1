/** The sectors of a site: add, rename in place, remove with a way back. */
import { ActionIcon, Button, Group, Text, TextInput, Title, Tooltip } from '@mantine/core';
import { Check, Pencil, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { useUndoable } from '../../data/undo';
import type { SectorView, SiteView } from '../../host';
import { formatCount } from '../../kit/format';
import classes from './sites.module.css';

export function SectorList({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={3} mb="sm">
        {t('sites.sector.title')}
      </Title>
      {site.sectors.length === 0 && <Text c="dimmed">{t('sites.sector.none')}</Text>}
      <ul className={classes.sectors}>
        {site.sectors.map((sector) => (
          <SectorItem key={sector.id} sector={sector} />
        ))}
      </ul>
      <NewSector siteId={site.id} />
    </section>
  );
}

function SectorItem({ sector }: { sector: SectorView }) {
  const { t } = useTranslation();
  const [isRenaming, setRenaming] = useState(false);
  const remove = useUndoable(
    'sectorRemove',
    'sectorRestore',
    (_done, [id]) => [id],
    () => t('sites.sector.removed', { name: sector.name }),
  );
  if (isRenaming) return <RenamedSector sector={sector} onDone={() => setRenaming(false)} />;
  const keywords = t('sites.keywords', { count: sector.keywordCount, amount: formatCount(sector.keywordCount) });
  return (
    <li className={classes.sector}>
      <span className={classes.sectorName}>{sector.name}</span>
      <Text span size="xs" c="dimmed" data-figures>
        {keywords}
      </Text>
      <Tooltip label={t('sites.sector.rename', { name: sector.name })}>
        <ActionIcon aria-label={t('sites.sector.rename', { name: sector.name })} onClick={() => setRenaming(true)}>
          <Pencil size="1rem" aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('sites.sector.remove', { name: sector.name })}>
        <ActionIcon
          aria-label={t('sites.sector.remove', { name: sector.name })}
          onClick={() => void remove([sector.id])}
        >
          <Trash2 size="1rem" aria-hidden />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

function RenamedSector({ sector, onDone }: { sector: SectorView; onDone: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(sector.name);
  const rename = useAct('sectorRename');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === sector.name) onDone();
    else rename.mutate([sector.id, name], { onSuccess: onDone });
  };
  return (
    <li>
      <form onSubmit={submit} className={classes.sector}>
        <TextInput
          flex={1}
          autoFocus
          aria-label={t('sites.sector.renameField', { name: sector.name })}
          value={name}
          error={rename.error === null ? null : wordsOf(faultOf(rename.error)).what}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            onDone();
          }}
        />
        <ActionIcon type="submit" size="lg" aria-label={t('sites.sector.keep')} loading={rename.isPending}>
          <Check size="1rem" aria-hidden />
        </ActionIcon>
      </form>
    </li>
  );
}

function NewSector({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const add = useAct('sectorAdd');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') add.mutate([siteId, name], { onSuccess: () => setName('') });
  };
  return (
    <form onSubmit={submit}>
      <Group gap="sm" align="start" mt="sm">
        <TextInput
          flex={1}
          aria-label={t('sites.sector.name')}
          placeholder={t('sites.sector.placeholder')}
          value={name}
          error={add.error === null ? null : wordsOf(faultOf(add.error)).what}
          onChange={(event) => {
            add.reset();
            setName(event.currentTarget.value);
          }}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          {t('sites.sector.add')}
        </Button>
      </Group>
    </form>
  );
}
