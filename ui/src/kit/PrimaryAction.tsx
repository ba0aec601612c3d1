/** The one primary button of a page: a verb, and its price when it costs; what remains afterwards on hover. */
import { Button, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCredits } from './format';

export type Price = {
  /** Estimated credits, decimal string. */
  credits: string;
  /** Credits available after it, decimal string. */
  balanceAfter: string;
};

type Props = {
  /** Verb and object: "Write 12 drafts". */
  label: string;
  price?: Price | undefined;
  icon?: ReactNode;
  busy?: boolean;
  /** Why it cannot be pressed now; the button then stays reachable and says so. */
  blocked?: string | undefined;
  onPress: () => void;
};

export function PrimaryAction({ label, price, icon, busy = false, blocked, onPress }: Props) {
  const { t } = useTranslation();
  const words = (amount: string) => t('kit.credits', { count: Number(amount), amount: formatCredits(amount) });
  const hint = blocked ?? (price && t('kit.balanceAfter', { credits: words(price.balanceAfter) }));
  const button = (
    <Button
      leftSection={icon}
      loading={busy}
      data-disabled={blocked !== undefined}
      aria-disabled={blocked !== undefined}
      onClick={() => blocked === undefined && onPress()}
    >
      {price === undefined ? label : `${label} · ${t('kit.aboutCredits', { credits: words(price.credits) })}`}
    </Button>
  );
  return hint === undefined ? button : <Tooltip label={hint}>{button}</Tooltip>;
}
