/** Details of one item beside the list it came from; Escape returns to the list where it was. */
import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './SideDrawer.module.css';

type Props = {
  opened: boolean;
  title: ReactNode;
  /** `reading` for an article, `details` for fields. */
  size?: 'details' | 'reading';
  onClose: () => void;
  /** Buttons that stay at the bottom. */
  footer?: ReactNode;
  children: ReactNode;
};

export function SideDrawer({ opened, title, size = 'details', onClose, footer, children }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      size={size === 'reading' ? 'var(--size-reading-width)' : '28rem'}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      {children}
      {footer !== undefined && <div className={classes.footer}>{footer}</div>}
    </Drawer>
  );
}
