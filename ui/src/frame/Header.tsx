/** The header: the page's title and scope, its actions, then search, balance and notifications. */
import { UnstyledButton } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { useMatches } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../kit/KeyHint';
import { SlotTarget } from '../kit/slots';
import { BalanceButton } from './BalanceButton';
import classes from './Header.module.css';
import { NotificationBell } from './NotificationBell';
import { SectorSelect } from './SectorSelect';

export function Header() {
  const { t } = useTranslation();
  const scope = useMatches({ select: (matches) => matches.at(-1)?.staticData.scope ?? 'none' });
  return (
    <header className={classes.header}>
      <SlotTarget name="title" className={classes.title} />
      {scope === 'sector' && <SectorSelect />}
      <SlotTarget name="scope" />
      <span className={classes.spacer} />
      <SlotTarget name="actions" className={classes.actions} />
      <UnstyledButton className={classes.search} onClick={spotlight.open} aria-label={t('frame.header.search')}>
        <Search size="1rem" aria-hidden />
        <span className={classes.searchWords}>{t('frame.header.searchShort')}</span>
        <span className={classes.searchKeys}>
          <KeyHint keys={['mod', 'K']} />
        </span>
      </UnstyledButton>
      <BalanceButton />
      <NotificationBell />
    </header>
  );
}
