/**
 * Asks once, beside the button that was pressed, and says what stays. For the few acts that cannot be undone;
 * everything else is done at once and offers to be undone (`useToasts().undo`).
 */
import { Button, Group, Popover, Text } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  /** What will happen and what stays, one or two sentences. */
  question: string;
  /** The verb of the act. */
  confirmLabel: string;
  /** The verb of leaving things as they are, where "Cancel" would be read as the act. */
  keepLabel?: string;
  onConfirm: () => void;
  /** The button; it is given what opens the question. */
  children: (open: () => void) => ReactElement;
};

export function ConfirmPopover({ question, confirmLabel, keepLabel, onConfirm, children }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const confirm = () => {
    setOpened(false);
    onConfirm();
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus width="18rem" position="bottom-end">
      <Popover.Target>{children(() => setOpened(true))}</Popover.Target>
      <Popover.Dropdown aria-label={confirmLabel}>
        <Text size="sm">{question}</Text>
        <Group mt="md" gap="sm" justify="flex-end">
          <Button variant="default" onClick={() => setOpened(false)}>
            {keepLabel ?? t('kit.cancel')}
          </Button>
          <Button color="danger" onClick={confirm}>
            {confirmLabel}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
