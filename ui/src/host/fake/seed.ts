/** Two sites at work: a gardening magazine on WordPress and a stove builder's folder, with all stages of the way filled. */
import { emptyData, type FakeData, type FakeSite } from './data';
import { WORDPRESS_OFFERS } from './offers';
import { intentOf } from './sample';
import { seedArticles } from './seedArticles';
import { seedFiles } from './seedFiles';
import { seedHistory } from './seedHistory';
import { GARDENING, KACHELOFEN, type SeedTopic, SOIL, STOVES } from './seedTopics';
import { ago } from './world';

export function sampleData(now = new Date()): FakeData {
  const data = emptyData(now);
  data.sites.push(GARDEN_SITE(ago(now, 2)), STOVE_SITE(ago(now, 26)));
  plan(data, { siteId: '1', id: '11', name: 'Gardening' }, GARDENING, now);
  plan(data, { siteId: '1', id: '12', name: 'Soil' }, SOIL, now);
  plan(data, { siteId: '2', id: '21', name: 'Kachelöfen' }, KACHELOFEN, now);
  plan(data, { siteId: '2', id: '22', name: 'Stoves' }, STOVES, now);
  seedArticles(data, now);
  seedHistory(data, now);
  const { files, picked } = seedFiles();
  return { ...data, files, picked };
}

/** A hundred thousand keywords on the first site, to see lists at their limit. */
export function largeData(now = new Date()): FakeData {
  const data = sampleData(now);
  const [pattern] = data.keywords;
  if (pattern === undefined) return data;
  const words = ['apple', 'pear', 'quince', 'medlar', 'cherry', 'plum', 'hazel', 'walnut', 'fig', 'mulberry'];
  for (let at = 0; at < 100_000; at += 1) {
    data.keywords.push({
      ...pattern,
      id: String(200_000 + at),
      text: `${words[at % 10]} tree question ${at + 1}`,
      volume: (at * 7919) % 20_000,
      difficulty: (at * 31) % 101,
      clusterId: at % 3 === 0 ? pattern.clusterId : null,
      createdAt: ago(now, at % 900),
    });
  }
  return data;
}

const GARDEN_SITE = (testedAt: string): FakeSite => ({
  id: '1',
  name: 'Field Notes',
  kind: 'wordpress',
  url: 'https://fieldnotes.example',
  userName: 'editor',
  hasSecret: true,
  connection: 'ok',
  connectionCode: '',
  testedAt,
  probe: {
    name: 'Field Notes',
    homeUrl: 'https://fieldnotes.example',
    apiUrl: 'https://fieldnotes.example/wp-json/',
    userName: 'editor',
    roles: ['editor'],
    canPublish: true,
    canUpload: true,
    version: '6.5.5',
    timezone: 'Europe/Berlin',
    clock: 'same',
    ...WORDPRESS_OFFERS,
  },
  language: 'en',
  zone: 'Europe/Berlin',
  brandColor: '#2f6f4f',
  inArticleImages: 2,
  imageFormat: 'webp',
  bodyForm: 'blocks',
  hasContents: false,
  goesOnByItself: false,
  handOver: 'wordpress',
  missedRule: 'publish',
  hasAuthority: false,
  isSample: false,
});

const STOVE_SITE = (testedAt: string): FakeSite => ({
  ...GARDEN_SITE(testedAt),
  id: '2',
  name: 'Ofenbau Krämer',
  url: 'https://ofenbau.example',
  userName: 'kraemer',
  connection: 'failed',
  connectionCode: 'html_instead_of_json',
  probe: null,
  language: 'de',
  brandColor: '#b4531f',
});

/** A sector with its clusters, keywords and ideas. */
function plan(
  data: FakeData,
  sector: { siteId: string; id: string; name: string },
  topics: readonly SeedTopic[],
  now: Date,
): void {
  data.sectors.push(sector);
  topics.forEach((topic, place) => {
    const clusterId = topic.name === null ? null : `${sector.id}${place}`;
    if (clusterId !== null && topic.name !== null) {
      data.clusters.push({
        id: clusterId,
        sectorId: sector.id,
        name: topic.name,
        description: topic.description ?? '',
        isDisabled: false,
        createdAt: ago(now, 48 + place),
      });
    }
    topic.keywords.forEach(([text, volume, difficulty], at) => {
      data.keywords.push({
        id: `${sector.id}${place}${at}`,
        text,
        sectorId: sector.id,
        sector: sector.name,
        volume,
        difficulty,
        cpc: volume === null ? null : ((volume % 97) / 50).toFixed(2),
        intent: intentOf(text),
        country: sector.siteId === '1' ? 'GB' : 'DE',
        clusterId,
        cluster: topic.name,
        status: clusterId === null ? 'new' : 'mapped',
        isDisabled: text === topic.disabled,
        volumeIsImpressions: false,
        isPassedOver: false,
        source: 'semrush_broad-match.csv',
        createdAt: ago(now, 50 + place * 3 + at),
      });
    });
    (topic.ideas ?? []).forEach((idea, at) => {
      data.ideas.push({
        ...idea,
        id: `${sector.id}${place}${at}9`,
        sectorId: sector.id,
        clusterId,
        keywords: topic.keywords.slice(0, 4).map(([text]) => text),
        contentType: 'post',
        isDisabled: false,
        createdAt: ago(now, 30 + place * 2 + at),
      });
    });
  });
}
