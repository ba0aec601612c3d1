/** Three widgets under every page: how far the page is, how far its module is, how far the site is. */
import { ActionIcon } from '@mantine/core';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { SlotTarget } from '../kit/slots';
import classes from './Footer.module.css';
import { usePreferences } from './preferences';
import { WorkflowCompletionWidget } from './WorkflowCompletionWidget';

export function Footer() {
  const { t } = useTranslation();
  const { footerFolded, foldFooter } = usePreferences();
  const Fold = footerFolded ? ChevronUp : ChevronDown;
  return (
    <footer className={classes.footer}>
      <div className={classes.widgets} hidden={footerFolded}>
        <SlotTarget name="page-progress" className={classes.widget} />
        <SlotTarget name="module-statistics" className={classes.widget} />
        <WorkflowCompletionWidget />
      </div>
      <ActionIcon
        size="sm"
        className={classes.fold ?? ''}
        aria-label={t(footerFolded ? 'frame.footer.unfold' : 'frame.footer.fold')}
        onClick={() => foldFooter(!footerFolded)}
      >
        <Fold size="1rem" aria-hidden />
      </ActionIcon>
    </footer>
  );
}
