/** The one place where faults get their words: how bad it is, what to say, and what to do about it. */
import i18next from 'i18next';
import type { Fault } from '../host';
import type { Problem } from '../kit/ErrorState';
import { formatCredits, formatDate } from '../kit/format';
import { codeWords } from './codes';

export type FaultSeverity = 'silent' | 'info' | 'warning' | 'error';

export type FaultWords = Problem & { severity: FaultSeverity };

export function wordsOf(fault: Fault): FaultWords {
  const { t } = i18next;
  switch (fault.code) {
    case 'InvalidField':
      return warning(
        t('faults.invalidField', { field: fieldName(fault.detail.field), rule: ruleWords(fault.detail.rule) }),
      );
    case 'NotFound':
      return warning(t('faults.notFound', { what: thing(fault.detail.what) }), t('faults.notFoundAdvice'));
    case 'WrongState':
      return warning(t('faults.wrongState', { what: thing(fault.detail.what) }), t('faults.wrongStateAdvice'));
    case 'NotApproved':
      return warning(t('faults.notApproved', fault.detail), t('faults.notApprovedAdvice'));
    case 'NothingToDo':
      return { severity: 'info', what: t('faults.nothingToDo') };
    case 'InsufficientCredits':
      return warning(
        t('faults.insufficientCredits', {
          needed: formatCredits(fault.detail.needed),
          available: formatCredits(fault.detail.available),
        }),
        t('faults.insufficientCreditsAdvice'),
      );
    case 'RunNotCovered':
      return runNotCovered(fault.detail);
    case 'CapReached':
      return capReached(fault.detail);
    case 'SpendingStopped':
      return warning(t('faults.spendingStopped'), t('faults.spendingStoppedAdvice'));
    case 'RunStopped': {
      const { what, advice } = codeWords(fault.detail.reason, fault.detail.until, fault.detail.address);
      return warning(what, advice);
    }
    case 'UnpricedModel':
      return failure(t('faults.unpricedModel', fault.detail), t('faults.unpricedModelAdvice'));
    case 'ModelEnded':
      return modelEnded(fault.detail);
    case 'NotConnected':
      return warning(t('faults.notConnected', fault.detail), t('faults.notConnectedAdvice'));
    case 'NoModel':
      return failure(t('faults.noModel', fault.detail), t('faults.noModelAdvice'));
    case 'BooksDoNotBalance':
      return failure(t('faults.booksDoNotBalance'), t('faults.booksDoNotBalanceAdvice'));
    case 'KeywordFile':
      return keywordFile(fault.detail);
    case 'UsageFile':
      return usageFile(fault.detail);
    case 'Prompt':
      return promptFailure(fault.detail);
    case 'Site':
      return siteFailure(fault.detail);
    case 'SecretStore':
      return failure(t('faults.secretStore'), secretAdvice(fault.detail.state));
    case 'DiskFull':
      return failure(t('faults.diskFull'), t('faults.diskFullAdvice'));
    case 'Unusable':
      return unusable(fault.detail);
    case 'NoDataFolder':
      return failure(t('faults.noDataFolder'), t('faults.noDataFolderAdvice'));
    case 'FolderInUse':
      return failure(t('faults.folderInUse'), t('faults.folderInUseAdvice'));
    case 'TooNew':
      return failure(t('faults.tooNew'), t('faults.tooNewAdvice'));
    case 'Corrupt':
      return failure(t('faults.corrupt'), t('faults.corruptAdvice'));
    case 'Cancelled':
      return { severity: 'silent', what: t('faults.cancelled') };
    case 'Internal':
      return internal(fault.detail.incident);
    default:
      return unknown(fault);
  }
}

function modelEnded({ model, endedOn, successor }: Extract<Fault, { code: 'ModelEnded' }>['detail']): FaultWords {
  const { t } = i18next;
  const what =
    endedOn === null
      ? t('faults.modelEnded', { model })
      : t('faults.modelEndedOn', { model, day: formatDate(endedOn) });
  const advice = successor === null ? t('faults.modelEndedAdvice') : t('faults.modelEndedSuccessor', { successor });
  return failure(what, advice);
}

function warning(what: string, advice?: string): FaultWords {
  return { severity: 'warning', what, advice };
}

function failure(what: string, advice: string): FaultWords {
  return { severity: 'error', what, advice };
}

/** Codes inside a fault are plain words of the host; one without words here still says its name. */
function worded(group: string, code: string, values: Record<string, string | number> = {}): string {
  const key = `faults.${group}.${code}`;
  return i18next.exists(key) ? String(i18next.t(key as never, values as never)) : i18next.t('faults.other', { code });
}

function fieldName(field: string): string {
  return worded('field', field);
}

function ruleWords(rule: string): string {
  return worded('rule', rule);
}

function thing(what: string): string {
  return worded('thing', what);
}

function keywordFile({ problem, line, headers }: { problem: string; line: number; headers: string[] }): FaultWords {
  const found = headers.length === 0 ? undefined : i18next.t('faults.headersFound', { headers: headers.join(', ') });
  return { ...failure(worded('file', problem, { line }), worded('fileAdvice', problem)), details: found };
}

function usageFile({ problem, line, headers }: { problem: string; line: number; headers: string[] }): FaultWords {
  const found = headers.length === 0 ? undefined : i18next.t('faults.headersFound', { headers: headers.join(', ') });
  return { ...failure(worded('usageFile', problem, { line }), worded('usageFileAdvice', problem)), details: found };
}

function runNotCovered(run: { estimate: string; needed: string; cap: string | null; available: string }): FaultWords {
  const { t } = i18next;
  const values = {
    estimate: formatCredits(run.estimate),
    needed: formatCredits(run.needed),
    cap: formatCredits(run.cap ?? run.needed),
    available: formatCredits(run.available),
  };
  const what = run.cap === null ? t('faults.runNotCovered', values) : t('faults.runCapNotCovered', values);
  return warning(what, t('faults.runNotCoveredAdvice'));
}

function capReached({ scope, needed, left }: { scope: string; needed: string; left: string }): FaultWords {
  const { t } = i18next;
  const ofRun = scope === 'run' || scope === 'share';
  const values = { needed: formatCredits(needed), left: formatCredits(left) };
  return warning(worded('cap', scope, values), t(ofRun ? 'faults.runCapAdvice' : 'faults.capAdvice'));
}

function promptFailure({ problem, line, note }: { problem: string; line: number; note: string }): FaultWords {
  return warning(worded('prompt', problem, { line, note }), worded('promptAdvice', problem));
}

function siteFailure({ host, failure: code, note }: { host: string; failure: string; note: string }): FaultWords {
  return {
    ...failure(worded('site', code, { host, note }), worded('siteAdvice', code)),
    details: note === '' ? undefined : note,
  };
}

function unusable({ path, problem, note }: { path: string; problem: string; note: string }): FaultWords {
  return {
    ...failure(worded('unusable', problem, { path }), worded('unusableAdvice', problem)),
    details: note === '' ? undefined : note,
  };
}

function internal(incident: string): FaultWords {
  const { t } = i18next;
  if (incident === '') return failure(t('faults.internal'), t('faults.internalUnloggedAdvice'));
  return { ...failure(t('faults.internal'), t('faults.internalAdvice')), details: incident };
}

function secretAdvice(state: string): string {
  return worded('secret', state);
}

/** Not reachable while the switch is whole: a new code does not compile until it has words. */
function unknown(fault: never): FaultWords {
  return {
    ...failure(i18next.t('faults.internal'), i18next.t('faults.internalAdvice')),
    details: JSON.stringify(fault),
  };
}
