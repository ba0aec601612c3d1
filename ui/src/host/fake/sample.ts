/** The sample workspace: a made-up coffee magazine, as the app ships it. */
import type { World } from './world';

/** Phrase, monthly searches, difficulty. */
const BREWING = `
  pour over coffee ratio,5400,32
  how to make pour over coffee,9900,38
  pour over coffee technique,1900,29
  best pour over coffee recipe,880,27
  cold brew coffee ratio,14800,35
  how to make cold brew coffee,33100,44
  cold brew coffee at home,8100,36
  cold brew concentrate ratio,2400,28
  french press coffee ratio,12100,33
  how to use a french press,18100,41
  french press brewing time,1600,24
  french press vs pour over,2900,30
  aeropress recipe,6600,31
  aeropress inverted method,3600,26
  best aeropress recipe,1300,25
  espresso shot time,1900,28
  espresso extraction time,1000,26
  how to pull an espresso shot,2400,33
  coffee water temperature,2900,29
  best water temperature for coffee,1600,27`;

const EQUIPMENT = `
  best burr coffee grinder,12100,52
  burr grinder vs blade grinder,4400,34
  manual burr coffee grinder,6600,41
  burr grinder settings for coffee,1300,24
  best gooseneck kettle,5400,45
  gooseneck kettle with temperature control,1900,37
  electric gooseneck kettle,8100,48
  coffee scale with timer,4400,40
  best coffee scale,3600,42
  coffee scale for pour over,1000,28
  best espresso machine for beginners,9900,55
  espresso machine under 500,6600,50
  how to clean an espresso machine,4400,31
  espresso machine descaling,2900,29
  paper vs metal coffee filter,1600,26
  reusable coffee filter,5400,35
  best coffee filter paper,1000,29
  coffee storage container,3600,38
  how to store coffee beans,8100,36
  coffee beans shelf life,2400,27`;

/** Adds the sample and answers the id of its site. */
export function addSample(world: World): string {
  const { data } = world;
  const siteId = world.id();
  data.sites.push({
    id: siteId,
    name: 'Morning Cup (sample)',
    kind: 'folder',
    url: '',
    userName: '',
    hasSecret: false,
    connection: 'untested',
    connectionCode: '',
    testedAt: null,
    probe: null,
    language: 'en',
    zone: data.zone,
    brandColor: '#8a4b2a',
    inArticleImages: 2,
    imageFormat: 'webp',
    bodyForm: 'blocks',
    hasContents: false,
    goesOnByItself: false,
    handOver: 'computer',
    missedRule: 'publish',
    hasAuthority: false,
    isSample: true,
  });
  addSector(world, siteId, 'Brewing', BREWING);
  addSector(world, siteId, 'Equipment', EQUIPMENT);
  return siteId;
}

function addSector(world: World, siteId: string, name: string, table: string): void {
  const sectorId = world.id();
  world.data.sectors.push({ id: sectorId, siteId, name });
  for (const line of table.trim().split('\n')) {
    const [text = '', volume = '', difficulty = ''] = line.trim().split(',');
    world.data.keywords.push({
      id: world.id(),
      text,
      sectorId,
      sector: name,
      volume: Number(volume),
      volumeIsImpressions: false,
      isPassedOver: false,
      difficulty: Number(difficulty),
      cpc: null,
      intent: intentOf(text),
      country: '',
      clusterId: null,
      cluster: null,
      status: 'new',
      isDisabled: false,
      source: 'sample',
      createdAt: world.now().toISOString(),
    });
  }
}

/** What the words of a phrase say about its searcher; nothing when they say nothing. */
export function intentOf(text: string): string {
  if (/\b(how|what|why|when)\b/.test(text)) return 'informational';
  if (/\b(best|vs|under|review)\b/.test(text)) return 'commercial';
  if (/\b(buy|price|for sale|near me)\b/.test(text)) return 'transactional';
  return '';
}
