/** What every card of the calendar can be asked for, wherever it is drawn. */
import { createContext, type ReactNode, type RefObject, useContext } from 'react';
import type { CalendarEntry } from '../../host';

export type CardAct = { id: string; label: string; icon: ReactNode; run: () => void };

export type Cards = {
  /** Ids of the cards that are chosen. */
  chosen: ReadonlySet<string>;
  /** The card whose menu is open. */
  menuOf: string | null;
  openMenu: (id: string | null) => void;
  toggle: (id: string) => void;
  /** Moves a card by days, at its clock time. */
  move: (entry: CalendarEntry, days: number) => void;
  actsOf: (entry: CalendarEntry) => readonly CardAct[];
  /** A card that was moved by key: it takes the focus where it is drawn anew, and clears this. */
  following: RefObject<string | null>;
  /** Cards stand in several zones, and each says its own. */
  tellsZone: boolean;
  /** The colour of a site's stripe. */
  stripeOf: (siteId: string) => string;
};

const CardsContext = createContext<Cards | null>(null);

export const CardsProvider = CardsContext.Provider;

export function useCards(): Cards {
  const cards = useContext(CardsContext);
  if (cards === null) throw new Error('a card stands outside of the calendar');
  return cards;
}
