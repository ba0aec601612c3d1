/** Adds keywords typed or pasted by hand, one in each line, to a sector. */
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { SectorView, SiteView } from '../../host';
import { FormModal } from '../../kit/FormModal';
import { formatCount } from '../../kit/format';
import { toast } from '../../kit/toasts';
import { SectorField } from './SectorField';

type Props = { opened: boolean; site: SiteView; sector: SectorView | null; onClose: () => void };

export function AddDialog({ opened, site, sector, onClose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const add = useAct('keywordsAdd');
  const sectorId = chosen ?? sector?.id ?? site.sectors[0]?.id ?? null;
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  const submit = () => {
    if (sectorId === null || lines === 0) return;
    add.mutate([site.id, sectorId, text], {
      onSuccess: ({ added, updated }) => {
        const words = [t('keywords.addDialog.done', { count: added, amount: formatCount(added) })];
        if (updated > 0) words.push(t('keywords.addDialog.known', { count: updated, amount: formatCount(updated) }));
        toast('success', words.join(' '));
        setText('');
        onClose();
      },
      onError: tell,
    });
  };
  return (
    <FormModal
      opened={opened}
      title={t('keywords.addDialog.title')}
      submitLabel={
        lines === 0
          ? t('keywords.addDialog.submit')
          : t('keywords.addDialog.submitCount', { count: lines, amount: formatCount(lines) })
      }
      busy={add.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Textarea
        label={t('keywords.addDialog.field')}
        description={t('keywords.addDialog.hint')}
        autosize
        minRows={6}
        maxRows={14}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <SectorField label={t('keywords.addDialog.sector')} site={site} value={sectorId} onChange={setChosen} />
    </FormModal>
  );
}
