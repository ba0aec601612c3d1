/** A form of one value that stands already: it is changed, checked before it is sent, and put back when one leaves. */
import { Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { FormModal } from '../../kit/FormModal';

type Props = {
  opened: boolean;
  title: string;
  submitLabel: string;
  lead?: ReactNode;
  label: string;
  hint?: string;
  /** The value as it stands. */
  value: string;
  /** Why a value cannot be meant; nothing when it can. */
  problem: (value: string) => string | null;
  save: (value: string) => Promise<unknown>;
  onSaved: (value: string) => void;
  onClose: () => void;
};

export function ValueForm({ opened, title, submitLabel, lead, label, hint, value, ...act }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const close = () => {
    setTyped(null);
    setError(null);
    act.onClose();
  };
  const submit = async () => {
    const wanted = (typed ?? value).trim();
    const problem = act.problem(wanted);
    if (problem !== null) return setError(problem);
    setSaving(true);
    try {
      await act.save(wanted);
      act.onSaved(wanted);
      close();
    } catch (failure) {
      setError(wordsOf(faultOf(failure)).what);
    } finally {
      setSaving(false);
    }
  };
  return (
    <FormModal
      opened={opened}
      title={title}
      submitLabel={submitLabel}
      busy={isSaving}
      onSubmit={() => void submit()}
      onClose={close}
    >
      {lead !== undefined && <Text c="dimmed">{lead}</Text>}
      <TextInput
        label={label}
        description={hint}
        inputMode="decimal"
        data-autofocus
        value={typed ?? value}
        error={error}
        onChange={(event) => {
          setError(null);
          setTyped(event.currentTarget.value);
        }}
      />
    </FormModal>
  );
}
