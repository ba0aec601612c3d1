/** What would be sent with words that are still being typed: asked for when the typing rests, the last good answer stays. */
import { useEffect, useState } from 'react';
import { useCommand } from '../../data/command';
import { faultOf } from '../../data/fault';
import type { Fault, PromptPreview, PromptTrialRequest } from '../../host';

/** Rest after the last key before it is asked: shorter than a pause to read, longer than between two keys. */
const REST_MS = 350;

export type Previewed = {
  /** Null until there was one. */
  preview: PromptPreview | null;
  /** Why these words cannot be used; the preview is then of earlier ones. */
  fault: Fault | null;
  /** The preview is of these very words. */
  isCurrent: boolean;
};

export function usePreview(request: PromptTrialRequest | null): Previewed {
  const { kind = '', siteId = '', body = '' } = request ?? {};
  const [rested, setRested] = useState(body);
  useEffect(() => {
    const timer = setTimeout(() => setRested(body), REST_MS);
    return () => clearTimeout(timer);
  }, [body]);
  const asked = { kind, siteId, body: rested };
  const query = useCommand('promptPreview', [asked], { enabled: request !== null, keep: true });
  const [last, setLast] = useState<PromptPreview | null>(null);
  const { data, error, isPlaceholderData } = query;
  useEffect(() => {
    if (data !== undefined && !isPlaceholderData) setLast(data);
  }, [data, isPlaceholderData]);
  const fault = error === null ? null : faultOf(error);
  const isSettled = data !== undefined && !isPlaceholderData && fault === null;
  return { preview: isSettled ? data : last, fault, isCurrent: isSettled && rested === body };
}
