/** Chooses the sector that new things go into; says so when the site has none. */
import { Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SiteView } from '../../host';

type Props = { label: string; site: SiteView; value: string | null; onChange: (id: string | null) => void };

export function SectorField({ label, site, value, onChange }: Props) {
  const { t } = useTranslation();
  if (site.sectors.length === 0) return <Text c="dimmed">{t('keywords.addDialog.noSector')}</Text>;
  return (
    <Select
      label={label}
      allowDeselect={false}
      data={site.sectors.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
    />
  );
}
