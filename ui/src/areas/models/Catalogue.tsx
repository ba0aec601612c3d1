/** Every model with its price, its end and its state. A row stands for a model; its earlier prices are in its details. */
import { Button } from '@mantine/core';
import { KeyRound, Pencil, Rows3 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelView } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { DataTable } from '../../kit/table/DataTable';
import type { RowAction } from '../../kit/table/types';
import { useListView } from '../../kit/table/useListView';
import { useOpen } from '../../kit/useOpen';
import { newest, pricesOf } from './catalogue';
import { ModelDrawer } from './ModelDrawer';
import { ModelForm } from './ModelForm';
import { modelColumns } from './modelColumns';
import { ProviderForm } from './ProviderForm';
import { useCatalogue } from './useCatalogue';

const idOf = (row: ModelView) => row.id;
const nameOf = (row: ModelView) => row.displayName;

export function Catalogue() {
  const { t } = useTranslation();
  const [view, setView] = useListView();
  const [open, setOpen] = useOpen();
  const [edited, setEdited] = useState<ModelView | null>(null);
  const [connected, setConnected] = useState<string | null>(null);
  const { source, filters, all } = useCatalogue(view);
  const columns = useMemo(modelColumns, []);
  const rowActions = useMemo<RowAction<ModelView>[]>(
    () => [
      {
        id: 'open',
        label: t('models.open'),
        icon: <Rows3 size="1rem" aria-hidden />,
        shortcut: 'open',
        run: ({ id }) => setOpen(id),
      },
      {
        id: 'edit',
        label: t('models.edit'),
        icon: <Pencil size="1rem" aria-hidden />,
        shortcut: 'edit',
        run: setEdited,
      },
      {
        id: 'connect',
        label: t('models.connect'),
        icon: <KeyRound size="1rem" aria-hidden />,
        applies: ({ state }) => state === 'no_key',
        run: ({ provider }) => setConnected(provider),
      },
    ],
    [t, setOpen],
  );
  const named = all.find(({ id }) => id === open);
  // A new price is a new row: what is open goes on as the model it is.
  const opened = named === undefined ? null : (newest(pricesOf(all, named))[0] ?? null);
  return (
    <>
      <DataTable
        title={t('models.tab.catalogue')}
        columns={columns}
        rowId={idOf}
        rowName={nameOf}
        source={source}
        view={view}
        onViewChange={setView}
        filters={filters}
        rowActions={rowActions}
        empty={
          <EmptyState
            drawing="list"
            sentence={t('models.empty')}
            action={
              <Button variant="default" onClick={source.retry}>
                {t('kit.retry')}
              </Button>
            }
          />
        }
      />
      <ModelDrawer model={opened} all={all} onEdit={setEdited} onConnect={setConnected} onClose={() => setOpen(null)} />
      {edited !== null && <ModelForm model={edited} onClose={() => setEdited(null)} />}
      {connected !== null && <ProviderForm provider={null} named={connected} onClose={() => setConnected(null)} />}
    </>
  );
}
