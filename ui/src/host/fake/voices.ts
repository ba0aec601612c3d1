/** Authors and how sites speak, in memory. */
import type { Commands, SiteVoiceView } from '../contract';
import { fail, find, live, missing, ok, type World } from './world';

type VoiceCommand = 'authors' | 'authorSave' | 'authorRemove' | 'authorRestore' | 'siteVoice' | 'siteVoiceSave';

const SILENT: SiteVoiceView = { tone: '', length: '', authorId: null };

export function voiceCommands(world: World): Pick<Commands, VoiceCommand> {
  const { data, touch } = world;
  const mark = (id: string, removed: boolean) => {
    const author = data.authors.find((each) => each.id === id);
    if (author === undefined) return missing('author');
    author.removed = removed;
    touch('prompts');
    return ok(null);
  };
  return {
    authors: async () =>
      ok(
        live(data.authors)
          .map(({ id, name, bio, voice }) => ({ id, name, bio, voice, siteCount: signedBy(world, id) }))
          .sort((one, other) => one.name.localeCompare(other.name)),
      ),
    authorSave: async (id, draft) => {
      const name = draft.name.trim();
      if (name === '') return fail({ code: 'InvalidField', detail: { field: 'name', rule: 'required' } });
      const isTaken = live(data.authors).some(
        (author) => author.id !== id && author.name.toLowerCase() === name.toLowerCase(),
      );
      if (isTaken) return fail({ code: 'InvalidField', detail: { field: 'name', rule: 'taken' } });
      const author = find(data.authors, id);
      if (id !== null && author === undefined) return missing('author');
      const fields = { ...draft, name };
      if (author !== undefined) Object.assign(author, fields);
      const saved = author?.id ?? world.id();
      if (author === undefined) data.authors.push({ id: saved, ...fields });
      touch('prompts');
      return ok(saved);
    },
    authorRemove: async (id) => mark(id, true),
    authorRestore: async (id) => mark(id, false),
    siteVoice: async (siteId) => {
      if (find(data.sites, siteId) === undefined) return missing('site');
      const voice = data.voices[siteId] ?? SILENT;
      const isThere = find(data.authors, voice.authorId) !== undefined;
      return ok({ ...voice, authorId: isThere ? voice.authorId : null });
    },
    siteVoiceSave: async (siteId, voice) => {
      if (find(data.sites, siteId) === undefined) return missing('site');
      if (voice.authorId !== null && find(data.authors, voice.authorId) === undefined) return missing('author');
      data.voices[siteId] = voice;
      touch('prompts');
      return ok(null);
    },
  };
}

function signedBy({ data }: World, author: string): number {
  return live(data.sites).filter(({ id }) => data.voices[id]?.authorId === author).length;
}
