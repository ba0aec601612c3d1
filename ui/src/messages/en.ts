/** All words on screen, in English, grouped by area. A new area adds its file under `en/` and one line here. */
import { faults } from './en/faults';
import { frame } from './en/frame';
import { help } from './en/help';
import { kit } from './en/kit';
import { sites } from './en/sites';
import { status } from './en/status';
import { work } from './en/work';

export const en = { faults, kit, frame, help, sites, status, work };
