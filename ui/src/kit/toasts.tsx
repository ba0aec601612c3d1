/** Passing messages at a corner of the window: a result, a failure, or something done that can be undone. */
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { toneColor } from './tone';

/** How long a message that needs nothing stays, milliseconds. */
const STAY_MS = 5_000;
/** How long something can be undone or done, milliseconds: time to read the sentence and reach the button. */
const ACT_MS = 10_000;

type Severity = 'success' | 'info' | 'warning' | 'danger';

/** Shows a sentence. Failures stay until they are closed. */
export function toast(severity: Severity, sentence: string, advice?: string): void {
  notifications.show({
    message: advice === undefined ? sentence : `${sentence} ${advice}`,
    color: toneColor(severity),
    autoClose: severity === 'danger' ? false : STAY_MS,
    withBorder: true,
    closeButtonProps: { 'aria-label': i18next.t('kit.close') },
  });
}

/** Says what was done and offers to undo it for a while. */
export function undoToast(sentence: string, undo: () => void): void {
  actToast('neutral', sentence, i18next.t('kit.undo'), undo);
}

/** Says something and offers for a while what may be done about it. */
export function actToast(tone: Severity | 'neutral', sentence: string, label: string, act: () => void): void {
  const id = notifications.show({
    message: (
      <Group justify="space-between" gap="md" wrap="nowrap">
        {sentence}
        <Button
          variant="light"
          flex="none"
          onClick={() => {
            notifications.hide(id);
            act();
          }}
        >
          {label}
        </Button>
      </Group>
    ),
    color: toneColor(tone),
    autoClose: ACT_MS,
    withBorder: true,
    closeButtonProps: { 'aria-label': i18next.t('kit.close') },
  });
}
