/** The one primary button of a page: a verb. What costs credits is a `PricedButton` in its place. */
import { Button, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = {
  /** Verb and object: "Add a site". */
  label: string;
  icon?: ReactNode;
  busy?: boolean;
  /** Why it cannot be pressed now; the button then stays reachable and says so. */
  blocked?: string | undefined;
  onPress: () => void;
};

export function PrimaryAction({ label, icon, busy = false, blocked, onPress }: Props) {
  const button = (
    <Button
      leftSection={icon}
      loading={busy}
      data-disabled={blocked !== undefined}
      aria-disabled={blocked !== undefined}
      onClick={() => blocked === undefined && onPress()}
    >
      {label}
    </Button>
  );
  return blocked === undefined ? button : <Tooltip label={blocked}>{button}</Tooltip>;
}
