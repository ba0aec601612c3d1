/** Chooses the cluster that keywords are moved to. */
import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { NO_FILTER } from '../../data/list';
import { tell } from '../../data/problems';
import type { Selection } from '../../host';
import { FormModal } from '../../kit/FormModal';
import { formatCount } from '../../kit/format';
import { toast } from '../../kit/toasts';

/** Most clusters offered; typing narrows them. */
const CLUSTERS_MAX = 500;

type Props = {
  siteId: string;
  /** Null while nothing is moved. */
  choice: Selection | null;
  onClose: () => void;
  /** Called once the move is done; the dialog can go. */
  onMoved: () => void;
};

export function MoveDialog({ siteId, choice, onClose, onMoved }: Props) {
  const { t } = useTranslation();
  const [clusterId, setClusterId] = useState<string | null>(null);
  const sort = { column: 'name', descending: false };
  const query = { filter: { ...NO_FILTER, siteId }, sort, cursor: null, limit: CLUSTERS_MAX };
  const { data } = useCommand('clusters', [query], { enabled: choice !== null });
  const name = data?.rows.find(({ id }) => id === clusterId)?.name ?? '';
  const move = useAct('keywordsMove');
  const submit = () => {
    if (choice === null || clusterId === null) return;
    move.mutate([choice, clusterId], {
      onSuccess: ({ ids }) => {
        const amount = formatCount(ids.length);
        toast('success', t('keywords.moved', { count: ids.length, amount, cluster: name }));
        onMoved();
      },
      onError: tell,
    });
  };
  return (
    <FormModal
      opened={choice !== null}
      title={t('keywords.moveDialog.title')}
      submitLabel={t('keywords.moveDialog.submit')}
      busy={move.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {data?.rows.length === 0 ? (
        <Text>{t('keywords.moveDialog.none')}</Text>
      ) : (
        <Select
          label={t('keywords.moveDialog.field')}
          data={(data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          value={clusterId}
          onChange={setClusterId}
          data-autofocus
        />
      )}
    </FormModal>
  );
}
