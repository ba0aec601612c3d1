/** The catalogue as the source of a list. It has a hundred rows, which come at once, so the list is made of them here. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import type { ModelView } from '../../host';
import type { Filter, ListSource, ListView } from '../../kit/table/types';
import { newest, shown } from './catalogue';

const NONE: readonly ModelView[] = [];

export function useCatalogue(view: ListView): {
  source: ListSource<ModelView>;
  filters: readonly Filter[];
  /** Every row, those that another price has replaced as well. */
  all: readonly ModelView[];
} {
  const { t } = useTranslation();
  const { data, error, isFetching, isPending, refetch } = useCommand('models', []);
  const all = data ?? NONE;
  const current = useMemo(() => newest(all), [all]);
  const rows = useMemo(() => shown(current, view), [current, view]);
  const filters = useMemo<Filter[]>(() => {
    const options = (values: readonly string[], label: (value: string) => string) =>
      [...new Set(values)].sort().map((value) => ({ value, label: label(value) }));
    return [
      {
        id: 'provider',
        label: t('models.filter.provider'),
        allLabel: t('models.filter.allProviders'),
        options: options(
          current.map(({ provider }) => provider),
          (name) => (name === 'builtin' ? t('models.providers.builtIn') : name),
        ),
      },
      {
        id: 'kind',
        label: t('models.filter.kind'),
        allLabel: t('models.filter.allKinds'),
        options: options(['text', 'image'], (kind) => t(kind === 'image' ? 'models.kind.image' : 'models.kind.text')),
      },
      {
        id: 'state',
        label: t('models.filter.state'),
        allLabel: t('models.filter.allStates'),
        options: options(
          current.map(({ state }) => state),
          (state) => t(`models.state.${state as ModelView['state']}`),
        ),
      },
    ];
  }, [t, current]);
  const problem = problemOf(error);
  const source: ListSource<ModelView> = {
    rows,
    total: data === undefined ? null : rows.length,
    phase: problem !== null ? 'failed' : isPending ? 'loading' : 'ready',
    refreshing: isFetching && !isPending,
    hasMore: false,
    loadMore: () => {},
    problem,
    retry: () => void refetch(),
  };
  return { source, filters, all };
}
