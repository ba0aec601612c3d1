/** Narrows a page to one sector of the site, on pages whose rows belong to sectors. */
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useScope } from '../data/scope';

/** The option for all of them; no id is equal to it. */
const ALL = '\u0000all';

export function SectorSelect() {
  const { t } = useTranslation();
  const { site, sector, chooseSector } = useScope();
  if (site === null || site.sectors.length < 2) return null;
  return (
    <Select
      aria-label={t('frame.site.sector')}
      // It gives way before the buttons do.
      flex="0 9999 11rem"
      miw="7rem"
      allowDeselect={false}
      data={[
        { value: ALL, label: t('frame.site.allSectors') },
        ...site.sectors.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={sector?.id ?? ALL}
      onChange={(id) => chooseSector(id === ALL ? null : id)}
    />
  );
}
