/** Asks before words that were typed and not saved are left: to another prompt, another page, or by closing the window. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

type Props = { isChanged: boolean; name: string };

export function UnsavedGuard({ isChanged, name }: Props) {
  const { t } = useTranslation();
  const blocker = useBlocker({
    shouldBlockFn: () => isChanged,
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  const isAsking = blocker.status === 'blocked';
  return (
    <Modal
      opened={isAsking}
      onClose={() => blocker.reset?.()}
      title={t('prompts.unsaved.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <Stack gap="lg">
        <Text>{t('prompts.unsaved.text', { name })}</Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {t('prompts.unsaved.leave')}
          </Button>
          <Button data-autofocus onClick={() => blocker.reset?.()}>
            {t('prompts.unsaved.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
