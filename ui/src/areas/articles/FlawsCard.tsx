/** Why an article waits for a person, at a site that approves by itself what passes its floor. */
import { useTranslation } from 'react-i18next';
import type { ContentRow } from '../../host';
import { flawWords } from '../../parts/flawWords';
import { Card } from './ArticleCards';
import classes from './articles.module.css';

export function FlawsCard({ flaws }: Pick<ContentRow, 'flaws'>) {
  const { t } = useTranslation();
  if (flaws.length === 0) return null;
  return (
    <Card title={t('publishing.flaws')}>
      <ul className={classes.flaws}>
        {flaws.map((flaw) => (
          <li key={flaw.flaw}>{flawWords(flaw)}</li>
        ))}
      </ul>
    </Card>
  );
}
