/** What failed, to be tried again, and the one primary button: what the open list waits for. Both with their price. */

import type { Scope } from '../../data/scope';
import { useEstimate } from '../../data/work';
import { RetryAction } from '../../parts/RetryAction';
import { WorkAction } from '../../parts/WorkAction';
import { useWaitingWork } from '../../parts/waiting';

type Props = {
  tab: 'drafts' | 'queue';
  scope: Pick<Scope, 'site' | 'sector'>;
  onStarted: (id: string) => void;
};

export function NextWork({ tab, scope, onStarted }: Props) {
  return tab === 'queue' ? (
    <Write scope={scope} onStarted={onStarted} />
  ) : (
    <Illustrate scope={scope} onStarted={onStarted} />
  );
}

type StepProps = Omit<Props, 'tab'>;

function Write({ scope, onStarted }: StepProps) {
  const request = useWaitingWork('generate_content', scope);
  return (
    <>
      <RetryAction fn="generate_content" scope={scope} onStarted={onStarted} />
      {request !== null && <WorkAction request={request} onStarted={onStarted} />}
    </>
  );
}

/** Images are described before they are made. */
function Illustrate({ scope, onStarted }: StepProps) {
  const describing = useWaitingWork('generate_image_prompts', scope);
  const making = useWaitingWork('generate_images', scope);
  const { estimate } = useEstimate(describing);
  const request = estimate === null ? making : describing;
  return (
    <>
      <RetryAction fn="generate_images" scope={scope} onStarted={onStarted} />
      {request !== null && <WorkAction request={request} onStarted={onStarted} />}
    </>
  );
}
