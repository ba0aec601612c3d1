/** One row of the list. Remembered between renders, so that moving the cursor redraws two rows and not all. */
import { Ellipsis } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { alignment, Cell } from './Cell';
import { CheckBox } from './CheckBox';
import classes from './table.module.css';
import type { Column, RowAction } from './types';

export type Point = { x: number; y: number };

type Props<Row> = {
  domId: string;
  id: string;
  row: Row;
  /** Place in the list, from 0. */
  index: number;
  /** Distance from the top of the list in pixels. */
  top: number;
  columns: readonly Column<Row>[];
  name: string;
  actions: readonly RowAction<Row>[] | null;
  /** Null when the list has no selection. */
  selected: boolean | null;
  active: boolean;
  onFlip: (id: string) => void;
  onPoint: (id: string) => void;
  onMenu: (id: string, at: Point) => void;
};

function BodyRowPlain<Row>(props: Props<Row>) {
  const { domId, id, row, index, top, columns, name, actions, selected, active, onFlip, onPoint, onMenu } = props;
  const { t } = useTranslation();
  const open = actions?.find((action) => action.shortcut === 'open' && (action.applies?.(row) ?? true));
  return (
    <div
      id={domId}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected ?? undefined}
      className={classes.row}
      data-active={active || undefined}
      data-opens={open !== undefined || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        onPoint(id);
        open?.run(row);
      }}
      onContextMenu={(event) => {
        if (actions === null) return;
        event.preventDefault();
        onMenu(id, { x: event.clientX, y: event.clientY });
      }}
    >
      <div className={classes.cells}>
        {selected !== null && (
          <Held className={classes.selectCell}>
            <CheckBox label={t('kit.table.selectRow', { row: name })} checked={selected} onFlip={() => onFlip(id)} />
          </Held>
        )}
        {columns.map((column) => (
          <div
            key={column.id}
            role="gridcell"
            className={classes.cell}
            data-align={alignment(column)}
            title={column.type === 'text' ? (column.value(row) ?? undefined) : undefined}
          >
            <Cell column={column} row={row} />
          </div>
        ))}
      </div>
      {actions !== null && (
        <Held className={classes.actionsCell}>
          <span className={classes.quick}>
            {actions
              .filter((action) => action.quick && (action.applies?.(row) ?? true))
              .map((action) => (
                <RowButton
                  key={action.id}
                  label={`${action.label}: ${name}`}
                  hint={action.label}
                  onPress={() => action.run(row)}
                >
                  {action.icon}
                </RowButton>
              ))}
          </span>
          <RowButton label={t('kit.table.rowMenu', { row: name })} onPress={(at) => onMenu(id, at)} opensMenu>
            <Ellipsis size="1rem" aria-hidden />
          </RowButton>
        </Held>
      )}
    </div>
  );
}

export const BodyRow = memo(BodyRowPlain) as typeof BodyRowPlain;

/** A cell whose clicks are its own and do not open the row. */
function Held({ className, children }: { className: string | undefined; children: ReactNode }) {
  return (
    <div role="gridcell" className={className} onClick={(event) => event.stopPropagation()}>
      {children}
    </div>
  );
}

type ButtonProps = {
  label: string;
  hint?: string;
  opensMenu?: boolean;
  /** Given the point under the button. */
  onPress: (under: Point) => void;
  children: ReactNode;
};

/** A bare button: every row has some. The keyboard acts on the row, not on these. */
function RowButton({ label, hint, opensMenu = false, onPress, children }: ButtonProps) {
  return (
    <button
      type="button"
      className={classes.rowButton}
      tabIndex={-1}
      aria-label={label}
      aria-haspopup={opensMenu ? 'menu' : undefined}
      title={hint}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        onPress({ x: box.left, y: box.bottom });
      }}
    >
      {children}
    </button>
  );
}
