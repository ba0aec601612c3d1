/** A short form in a dialog: title, fields, one verb. Enter submits, Escape leaves; the first field has the focus. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  opened: boolean;
  title: string;
  submitLabel: string;
  /** The form is being sent: the button waits, the fields stay. */
  busy?: boolean;
  size?: 'sm' | 'md' | 'lg';
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

export function FormModal({
  opened,
  title,
  submitLabel,
  busy = false,
  size = 'md',
  onSubmit,
  onClose,
  children,
}: Props) {
  const { t } = useTranslation();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          {children}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
