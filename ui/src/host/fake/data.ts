/** The contents of the host in memory. */
import type { Balance, Completion, SiteView } from '../contract';

export type FakeData = {
  sites: SiteView[];
  balance: Balance;
  /** By site id. */
  completion: Record<string, Completion>;
  unread: number;
  /** Addresses of pictures by `media:<hash>`. */
  pictures: Record<string, string>;
};

/** A first start: no site, the first monthly budget. */
export function emptyData(): FakeData {
  return {
    sites: [],
    balance: { available: '1000', held: '0', usedThisMonth: '0', availableValue: '10', monthlyBudget: '1000' },
    completion: {},
    unread: 0,
    pictures: {},
  };
}

/** Two sites at work. */
export function sampleData(): FakeData {
  const site = (id: string, name: string, url: string, brandColor: string, sectors: string[]): SiteView => ({
    id,
    name,
    url,
    brandColor,
    zone: 'Europe/Berlin',
    isSample: false,
    sectors: sectors.map((sector, at) => ({ id: `${id}-${at + 1}`, name: sector, keywordCount: 120 * (at + 1) })),
  });
  return {
    ...emptyData(),
    sites: [
      site('1', 'Field Notes', 'https://fieldnotes.example', '#2f6f4f', ['Gardening', 'Soil']),
      site('2', 'Ofenbau Krämer', 'https://ofenbau.example', '#b4531f', ['Kachelöfen']),
    ],
    balance: { available: '864.5', held: '12', usedThisMonth: '123.5', availableValue: '8.645', monthlyBudget: '1000' },
    completion: {
      '1': completion(412, 380, 31, 28, 64, 22, 6, 9, 4, 3, 21, 80, 66, '98.5'),
      '2': completion(96, 40, 6, 2, 8, 3, 1, 2, 1, 0, 2, 12, 8, '25'),
    },
    unread: 3,
  };
}

function completion(
  keywords: number,
  keywordsMapped: number,
  clusters: number,
  clustersMapped: number,
  ideas: number,
  ideasCompleted: number,
  tasksQueued: number,
  drafts: number,
  review: number,
  approved: number,
  published: number,
  images: number,
  imagesGenerated: number,
  creditsUsed: string,
): Completion {
  return {
    keywords,
    keywordsMapped,
    clusters,
    clustersMapped,
    ideas,
    ideasCompleted,
    tasksQueued,
    drafts,
    review,
    approved,
    published,
    images,
    imagesGenerated,
    creditsUsed,
  };
}
