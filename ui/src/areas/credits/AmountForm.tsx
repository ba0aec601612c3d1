/**
 * The form of every amount: typed anew or changed from what stands, checked before it is sent with a sentence for each
 * cause, and put back when one leaves.
 */
import { Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { faultOf } from '../../data/fault';
import { FormModal } from '../../kit/FormModal';
import { type AmountKind, amountProblem, amountRefusal } from '../../parts/amounts';

type Props = {
  opened: boolean;
  title: string;
  submitLabel: string;
  lead?: ReactNode;
  label: string;
  hint?: string;
  kind: AmountKind;
  /** The amount as it stands; empty where none does. */
  value: string;
  /** More fields, under the amount. */
  children?: ReactNode;
  save: (amount: string) => Promise<unknown>;
  onSaved: (amount: string) => void;
  onClose: () => void;
};

export function AmountForm({ opened, title, submitLabel, lead, label, hint, kind, value, children, ...act }: Props) {
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
    const problem = amountProblem(wanted, kind);
    if (problem !== null) return setError(problem);
    setSaving(true);
    try {
      await act.save(wanted);
      act.onSaved(wanted);
      close();
    } catch (failure) {
      setError(amountRefusal(faultOf(failure), kind));
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
      {children}
    </FormModal>
  );
}
