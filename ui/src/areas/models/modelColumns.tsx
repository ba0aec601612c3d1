/** Columns of the catalogue. */
import i18next from 'i18next';
import type { ModelView } from '../../host';
import { formatCount, formatCredits, formatDate } from '../../kit/format';
import type { Column, Status } from '../../kit/table/types';
import type { Tone } from '../../kit/tone';

const TONES: Record<ModelView['state'], Tone> = {
  ready: 'success',
  no_key: 'neutral',
  unpriced: 'warning',
  ended: 'danger',
  off: 'neutral',
};

export function modelColumns(): Column<ModelView>[] {
  const { t } = i18next;
  const price = (id: 'input' | 'output' | 'image', value: (row: ModelView) => string | null): Column<ModelView> => ({
    id,
    header: t(`models.column.${id}`),
    hint: t(`models.column.${id}Hint`),
    type: 'custom',
    align: 'end',
    width: 24,
    sortable: true,
    cell: (row) => <span data-figures>{value(row)}</span>,
  });
  return [
    {
      id: 'model',
      header: t('models.column.model'),
      type: 'text',
      value: (row) => row.displayName,
      fixed: true,
      sortable: true,
    },
    {
      id: 'provider',
      header: t('models.column.provider'),
      type: 'text',
      value: (row) => row.provider,
      width: 26,
      sortable: true,
    },
    price('input', (row) => row.costPer1kInput),
    price('output', (row) => row.costPer1kOutput),
    price('image', (row) => row.costPerImage),
    {
      id: 'ends',
      header: t('models.column.ends'),
      type: 'text',
      value: (row) => (row.retiresOn === null ? null : formatDate(row.retiresOn)),
      width: 26,
      sortable: true,
    },
    { id: 'state', header: t('models.column.state'), type: 'status', value: stateOf, width: 28 },
    {
      id: 'kind',
      header: t('models.column.kind'),
      type: 'text',
      value: (row) => t(row.modelType === 'image' ? 'models.kind.image' : 'models.kind.text'),
      width: 20,
    },
    {
      id: 'credits',
      header: t('models.column.credits'),
      hint: t('models.column.creditsHint'),
      type: 'text',
      value: creditsOf,
      width: 36,
    },
    {
      id: 'context',
      header: t('models.column.context'),
      hint: t('models.column.contextHint'),
      type: 'number',
      value: (row) => (row.contextTokens === 0 ? null : row.contextTokens),
      width: 26,
      sortable: true,
    },
  ];
}

/** What a model's work costs in credits, as people count. */
export function creditsOf(row: ModelView): string | null {
  const { t } = i18next;
  if (row.creditsPerImage !== null) return t('models.perImage', { amount: formatCredits(row.creditsPerImage) });
  return row.tokensPerCredit === null
    ? null
    : t('models.tokensPerCredit', { amount: formatCount(row.tokensPerCredit) });
}

/** Whether a model can be used; that its end is near comes before everything but what keeps it from being used. */
export function stateOf(row: ModelView): Status {
  const { t } = i18next;
  if (row.state === 'ready' && row.endsSoon) return { tone: 'warning', label: t('models.state.ending') };
  if (row.state === 'ready' && row.isDefault) return { tone: 'info', label: t('models.state.used') };
  return { tone: TONES[row.state], label: t(`models.state.${row.state}`) };
}
