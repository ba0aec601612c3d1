/** Filters of lists of articles, by the field of the host's filter. */
import i18next from 'i18next';
import type { FilterWords } from '../data/list';
import { wordOf } from '../data/status';

type Field = 'clusterId' | 'contentStructure' | 'delivery';

/** These filters, in this order. */
export function articleFilters(...fields: readonly Field[]): FilterWords[] {
  const { t } = i18next;
  const words: Record<Field, Omit<FilterWords, 'field'>> = {
    clusterId: { label: t('articles.filter.cluster'), allLabel: t('articles.filter.allClusters') },
    contentStructure: {
      label: t('articles.filter.structure'),
      allLabel: t('articles.filter.allStructures'),
      valueLabel: (value) => wordOf('structure', value),
    },
    delivery: {
      label: t('articles.filter.delivery'),
      allLabel: t('articles.filter.allDeliveries'),
      valueLabel: (value) => wordOf('delivery', value),
    },
  };
  return fields.map((field) => ({ field, ...words[field] }));
}
