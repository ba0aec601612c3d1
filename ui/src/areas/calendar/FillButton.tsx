/** One press for all that wait: each gets its next free time. Asks for the site where those of several wait. */
import { Button, Menu } from '@mantine/core';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarEntry } from '../../host';
import { Hint } from '../../kit/Hint';
import { isMovable } from './plan';

const ICON = <CalendarPlus size="1rem" aria-hidden />;

type Props = { entries: readonly CalendarEntry[]; onFill: (siteId: string) => Promise<void> };

export function FillButton({ entries, onFill }: Props) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const sites = new Map(entries.filter(isMovable).map(({ siteId, site }) => [siteId, site]));
  const fill = (siteId: string) => {
    setBusy(true);
    void onFill(siteId).finally(() => setBusy(false));
  };
  const [only] = sites.keys();
  if (only === undefined) return null;
  const looks = { variant: 'default', leftSection: ICON, loading: isBusy } as const;
  if (sites.size === 1) {
    return (
      <Hint label={t('calendar.tray.fillHint')}>
        <Button {...looks} onClick={() => fill(only)}>
          {t('calendar.tray.fill')}
        </Button>
      </Hint>
    );
  }
  return (
    <Menu position="bottom-start">
      <Hint label={t('calendar.tray.fillHint')}>
        <Menu.Target>
          <Button {...looks}>{t('calendar.tray.fill')}</Button>
        </Menu.Target>
      </Hint>
      <Menu.Dropdown>
        {[...sites].map(([id, site]) => (
          <Menu.Item key={id} onClick={() => fill(id)}>
            {t('calendar.tray.fillSite', { site })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
