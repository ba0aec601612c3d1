/** Removing at once and offering the way back: "Removed 12 keywords · Undo". */
import { undoToast } from '../kit/toasts';
import { type Answer, type Arguments, type CommandName, useAct } from './command';
import { tell } from './problems';

/** An act whose answer is turned into the arguments of the act that takes it back. */
export function useUndoable<Name extends CommandName, Back extends CommandName>(
  name: Name,
  back: Back,
  undoing: (answer: Answer<Name>, args: Arguments<Name>) => Arguments<Back>,
  /** What was done, as a sentence. */
  done: (answer: Answer<Name>, args: Arguments<Name>) => string,
): (args: Arguments<Name>, after?: () => void) => void {
  const act = useAct(name);
  const undo = useAct(back);
  return (args, after) =>
    act.mutate(args, {
      onSuccess: (answer) => {
        after?.();
        const changed: Answer<Name> = answer;
        undoToast(done(changed, args), () => undo.mutate(undoing(changed, args), { onError: tell }));
      },
      onError: tell,
    });
}
