/** Importing keywords in memory: files by path, and phrases typed by hand. */
import type { Commands, ImportSummary } from '../contract';
import { intentOf } from './sample';
import { fail, find, missing, notify, ok, type World } from './world';

type FileCommand = 'keywordFilePreview' | 'keywordsImport' | 'keywordsAdd';
type NewKeyword = { text: string; volume: number | null; difficulty: number | null };

export function keywordFileCommands(world: World): Pick<Commands, FileCommand> {
  const { data } = world;
  return {
    keywordFilePreview: async (path) => {
      await world.pace();
      const file = fileAt(world, path);
      return 'fault' in file ? fail(file.fault) : ok(file.preview);
    },
    keywordsImport: async (path, siteId, sectorId) => {
      const file = fileAt(world, path);
      if ('fault' in file) return fail(file.fault);
      const sector = find(data.sectors, sectorId);
      if (sector?.siteId !== siteId) return missing('sector');
      const { joinedCount, ignored, fileName } = file.preview;
      const stored = store(world, sectorId, file.keywords, fileName);
      notify(world, {
        notificationType: 'keywords_imported',
        severity: 'success',
        siteId,
        relatedType: 'site',
        relatedId: siteId,
        params: [
          { name: 'file', value: fileName },
          { name: 'added', value: String(stored.added) },
          { name: 'updated', value: String(stored.updated) },
        ],
      });
      return ok({ ...stored, joined: joinedCount, ignored: ignored.length });
    },
    keywordsAdd: async (siteId, sectorId, text) => {
      if (find(data.sectors, sectorId)?.siteId !== siteId) return missing('sector');
      const lines = text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
      const own = [...new Set(lines)];
      const stored = store(
        world,
        sectorId,
        own.map((line) => ({ text: line, volume: null, difficulty: null })),
        'typed',
      );
      return ok({ ...stored, joined: lines.length - own.length, ignored: 0 });
    },
  };
}

/** A path that is not known leads nowhere, as on a disk. */
function fileAt({ data }: World, path: string) {
  return (
    data.files[path] ?? {
      fault: { code: 'KeywordFile', detail: { problem: 'not_found', line: 0, headers: [] } } as const,
    }
  );
}

function store(
  world: World,
  sectorId: string,
  rows: readonly NewKeyword[],
  source: string,
): Pick<ImportSummary, 'added' | 'updated'> {
  const { data } = world;
  let updated = 0;
  for (const row of rows) {
    const key = row.text.toLowerCase();
    const there = data.keywords.find(
      (keyword) => keyword.sectorId === sectorId && !keyword.removed && keyword.text.toLowerCase() === key,
    );
    if (there === undefined) {
      data.keywords.push({
        ...row,
        id: world.id(),
        sectorId,
        sector: '',
        cpc: null,
        intent: intentOf(key),
        country: '',
        clusterId: null,
        cluster: null,
        status: 'new',
        isDisabled: false,
        volumeIsImpressions: source.startsWith('search_console'),
        isPassedOver: false,
        source,
        createdAt: world.now().toISOString(),
      });
    } else {
      updated += 1;
      there.volume = row.volume ?? there.volume;
      there.difficulty = row.difficulty ?? there.difficulty;
    }
  }
  world.touch('keywords', 'sites');
  return { added: rows.length - updated, updated };
}
