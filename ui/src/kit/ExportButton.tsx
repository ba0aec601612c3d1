/** A button that writes what a page shows as a file, in one of several forms. Where it goes is asked by the system. */
import { Button, Menu } from '@mantine/core';
import { ChevronDown, Download } from 'lucide-react';

type Props<Form extends string> = {
  /** What the button says. */
  label: string;
  /** What is written, where that is a choice; above the forms. */
  title?: string;
  /** The forms, in the order of the menu. */
  forms: readonly Form[];
  nameOf: (form: Form) => string;
  isBusy: boolean;
  onExport: (form: Form) => void;
};

export function ExportButton<Form extends string>({ label, title, forms, nameOf, isBusy, onExport }: Props<Form>) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<Download size="1rem" aria-hidden />}
          rightSection={<ChevronDown size="1rem" aria-hidden />}
          loading={isBusy}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {title === undefined ? null : <Menu.Label>{title}</Menu.Label>}
        {forms.map((form) => (
          <Menu.Item key={form} onClick={() => onExport(form)}>
            {nameOf(form)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
