/** The balance, always in sight: credits and what they are worth; held, used and budget on hover. */
import { HoverCard, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../data/command';
import { Credits, Money, RollingCredits } from '../kit/Amounts';
import classes from './BalanceButton.module.css';

export function BalanceButton() {
  const { t } = useTranslation();
  const { data: balance } = useCommand('balance', []);
  if (balance === undefined) return null;
  const rows = [
    [t('frame.header.available'), balance.available],
    [t('frame.header.held'), balance.held],
    [t('frame.header.thisMonth'), balance.usedThisMonth],
    [t('frame.header.cap'), balance.monthGranted],
  ] as const;
  return (
    <HoverCard position="bottom-end" shadow="md" openDelay={150}>
      <HoverCard.Target>
        <UnstyledButton className={classes.balance} aria-label={t('frame.header.balance')} data-figures>
          <RollingCredits amount={balance.available} />
          <span className={classes.money}>
            · <Money amount={balance.availableValue} />
          </span>
        </UnstyledButton>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <dl className={classes.card}>
          {rows.map(([label, amount]) => (
            <div key={label} className={classes.row}>
              <dt>{label}</dt>
              <dd>
                <Credits amount={amount} unit />
              </dd>
            </div>
          ))}
        </dl>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
