/** The books as files for others to read: a journal for hledger, the statement and the usage records as tables. */
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { ExportKind } from '../../host';
import { ExportButton } from '../../kit/ExportButton';
import { formatCount } from '../../kit/format';
import { toast } from '../../kit/toasts';

const KINDS: readonly ExportKind[] = ['journal', 'statement', 'usage'];

export function ExportMenu() {
  const { t } = useTranslation();
  const write = useAct('booksExport');
  const press = (kind: ExportKind) =>
    write.mutate([kind], {
      onSuccess: (file) => {
        // Nothing was written when the dialog was left.
        if (file === null) return;
        const { entries, path } = file;
        toast('success', t('credits.export.done', { count: entries, amount: formatCount(entries), path }));
      },
      onError: tell,
    });
  return (
    <ExportButton
      label={t('credits.export.button')}
      forms={KINDS}
      nameOf={(kind) => t(`credits.export.kind.${kind}`)}
      isBusy={write.isPending}
      onExport={press}
    />
  );
}
