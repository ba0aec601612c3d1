/** Stops work that runs: solid red with its sign and its word, and asks once, saying what stays. */
import { Button } from '@mantine/core';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ConfirmPopover } from './ConfirmPopover';

type Props = {
  /** What is stopped, with its verb: "Cancel run". */
  label: string;
  /** What will happen and what stays. */
  question: string;
  /** Stopping was asked for; the current item still finishes. */
  isStopping: boolean;
  /** In a line of text. */
  compact?: boolean;
  onCancel: () => void;
};

export function CancelButton({ label, question, isStopping, compact = false, onCancel }: Props) {
  const { t } = useTranslation();
  return (
    <ConfirmPopover question={question} confirmLabel={label} keepLabel={t('kit.progress.keep')} onConfirm={onCancel}>
      {(ask) => (
        <Button
          color="danger"
          {...(compact && { size: 'compact-xs' })}
          leftSection={<X size="1rem" aria-hidden />}
          disabled={isStopping}
          onClick={ask}
        >
          {label}
        </Button>
      )}
    </ConfirmPopover>
  );
}
