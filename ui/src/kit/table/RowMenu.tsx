/** The menu of a row, one for the whole list, at the pointer or under the row's button. */
import { Menu } from '@mantine/core';
import type { Point } from './BodyRow';
import type { RowAction } from './types';

type Props<Row> = {
  row: Row;
  at: Point;
  actions: readonly RowAction<Row>[];
  onClose: () => void;
};

export function RowMenu<Row>({ row, at, actions, onClose }: Props<Row>) {
  const offered = actions.filter((action) => action.applies?.(row) ?? true);
  const [safe, dangerous] = [
    offered.filter((action) => action.tone === undefined),
    offered.filter((action) => action.tone === 'danger'),
  ];
  return (
    <Menu opened onChange={(opened) => !opened && onClose()} position="bottom-end" offset={4} returnFocus={false}>
      <Menu.Target>
        <span aria-hidden="true" style={{ position: 'fixed', left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        {safe.map((action) => (
          <RowMenuItem key={action.id} action={action} row={row} />
        ))}
        {safe.length > 0 && dangerous.length > 0 && <Menu.Divider />}
        {dangerous.map((action) => (
          <RowMenuItem key={action.id} action={action} row={row} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function RowMenuItem<Row>({ action, row }: { action: RowAction<Row>; row: Row }) {
  return (
    <Menu.Item
      leftSection={action.icon}
      {...(action.tone === undefined ? {} : { color: action.tone })}
      onClick={() => action.run(row)}
    >
      {action.label}
    </Menu.Item>
  );
}
