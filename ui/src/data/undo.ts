/** Removing at once and offering the way back: "Removed 12 keywords · Undo". */
import { undoToast } from '../kit/toasts';
import { type Answer, type Arguments, type CommandName, call } from './command';
import { unwrap } from './fault';
import { useHost } from './host';
import { tell } from './problems';

/**
 * An act that can be taken back. It does not hang on the component that started it: what is removed often takes its own
 * button along, and the way back must outlive both.
 */
export function useUndoable<Name extends CommandName, Back extends CommandName>(
  name: Name,
  back: Back,
  /** Turns the answer into the arguments of the act that takes it back. */
  undoing: (answer: Answer<Name>, args: Arguments<Name>) => Arguments<Back>,
  /** What was done, as a sentence. */
  done: (answer: Answer<Name>, args: Arguments<Name>) => string,
): (args: Arguments<Name>, after?: () => void) => Promise<void> {
  const { commands } = useHost();
  return async (args, after) => {
    try {
      const answer = unwrap(await call(commands, name, args));
      after?.();
      undoToast(done(answer, args), () => {
        call(commands, back, undoing(answer, args)).then(unwrap).catch(tell);
      });
    } catch (error) {
      tell(error);
    }
  };
}
