/** Topics of the two sites: keywords with searches and difficulty, and the ideas made of them. */

export type SeedIdea = {
  title: string;
  description: string;
  contentStructure: string;
  wordCountTarget: number;
  status: 'new' | 'queued' | 'completed';
};

export type SeedTopic = {
  /** Null for keywords that are in no cluster yet. */
  name: string | null;
  description?: string;
  keywords: readonly (readonly [text: string, volume: number | null, difficulty: number | null])[];
  /** One of the keywords, left out of clustering. */
  disabled?: string;
  ideas?: readonly SeedIdea[];
};

export const GARDENING: readonly SeedTopic[] = [
  {
    name: 'Pruning apple trees',
    description: 'When, how much and where to cut, from the first winter to an old tree.',
    keywords: [
      ['how to prune an apple tree', 12100, 34],
      ['when to prune apple trees', 9900, 31],
      ['apple tree pruning in winter', 2400, 22],
      ['pruning young apple trees', 1900, 18],
      ['best pruning saw for fruit trees', 880, 41],
    ],
    ideas: [
      {
        title: 'How to prune an apple tree in winter',
        description: 'A step-by-step winter cut for a tree of ten years, with what to leave alone.',
        contentStructure: 'guide',
        wordCountTarget: 1400,
        status: 'completed',
      },
      {
        title: 'The first three years of a young apple tree',
        description: 'What to cut each year so that the crown carries fruit and not only leaves.',
        contentStructure: 'guide',
        wordCountTarget: 1100,
        status: 'queued',
      },
    ],
  },
  {
    name: 'Composting at home',
    description: 'Making compost in a small garden without smell or rats.',
    keywords: [
      ['how to start a compost heap', 6600, 28],
      ['what can you compost', 14800, 39],
      ['compost bin vs compost heap', 1300, 21],
      ['hot composting method', 2900, 26],
    ],
    ideas: [
      {
        title: 'Compost heap or compost bin: which suits a small garden',
        description: 'Space, speed, smell and work compared, with one clear recommendation for each case.',
        contentStructure: 'comparison',
        wordCountTarget: 1500,
        status: 'completed',
      },
      {
        title: 'What belongs in compost and what does not',
        description: 'A list to print, with the three things everyone gets wrong.',
        contentStructure: 'listicle',
        wordCountTarget: 900,
        status: 'new',
      },
    ],
  },
  {
    name: 'Raised beds',
    description: 'Building, filling and planting raised beds.',
    keywords: [
      ['how to fill a raised bed', 5400, 25],
      ['best wood for raised beds', 3600, 30],
      ['raised bed depth for vegetables', 1600, 19],
    ],
    ideas: [
      {
        title: 'How to fill a raised bed without buying all the soil',
        description: 'Layers from the ground up, and what settles how far in the first year.',
        contentStructure: 'guide',
        wordCountTarget: 1200,
        status: 'completed',
      },
    ],
  },
  {
    name: 'Slug control',
    keywords: [
      ['how to stop slugs eating plants', 8100, 36],
      ['beer trap for slugs', 1900, 15],
    ],
  },
  {
    name: null,
    disabled: 'garden centre opening hours',
    keywords: [
      ['how to overwinter dahlias', 4400, 24],
      ['dahlia tubers storing', 1900, 20],
      ['when to plant garlic', 9900, 27],
      ['garlic planting depth', 1300, 14],
      ['best lawn mower for small gardens', 3600, 52],
      ['garden centre opening hours', 720, null],
      ['lavender pruning after flowering', null, null],
    ],
  },
];

export const SOIL: readonly SeedTopic[] = [
  {
    name: 'Clay soil',
    description: 'Working with heavy ground instead of against it.',
    keywords: [
      ['how to improve clay soil', 5400, 29],
      ['plants for clay soil', 6600, 33],
      ['clay soil drainage', 1600, 23],
    ],
    ideas: [
      {
        title: 'How to improve clay soil in one season',
        description: 'What gypsum, compost and patience each do, and in which order.',
        contentStructure: 'guide',
        wordCountTarget: 1300,
        status: 'completed',
      },
      {
        title: 'Twelve plants that like clay',
        description: 'Shrubs, perennials and vegetables that do better in heavy ground.',
        contentStructure: 'listicle',
        wordCountTarget: 1000,
        status: 'new',
      },
    ],
  },
  {
    name: 'Soil testing',
    keywords: [
      ['soil ph test at home', 2900, 21],
      ['how to take a soil sample', 880, 17],
    ],
  },
  {
    name: null,
    keywords: [
      ['peat free compost', 8100, 38],
      ['how much topsoil do I need', 1900, 22],
      ['green manure in autumn', 720, 13],
      ['leaf mould how to make', 1300, 12],
    ],
  },
];

export const KACHELOFEN: readonly SeedTopic[] = [
  {
    name: 'Kachelofen planen',
    description: 'Von der Idee bis zum ersten Feuer.',
    keywords: [
      ['kachelofen kosten', 9900, 35],
      ['kachelofen planen', 1600, 24],
      ['kachelofen genehmigung', 1300, 19],
      ['grundofen oder warmluftofen', 880, 17],
    ],
    ideas: [
      {
        title: 'Was ein Kachelofen kostet und wovon es abhängt',
        description: 'Drei gebaute Beispiele mit Preisen, und was man sparen kann.',
        contentStructure: 'guide',
        wordCountTarget: 1400,
        status: 'completed',
      },
    ],
  },
  {
    name: null,
    keywords: [
      ['kachelofen richtig heizen', 2400, 18],
      ['kachelofen reinigen', 1900, 16],
      ['kachelofen sanieren kosten', 1300, 22],
      ['speicherofen wirkungsgrad', 480, 15],
    ],
  },
];

export const STOVES: readonly SeedTopic[] = [
  {
    name: 'Firewood',
    keywords: [
      ['best firewood for stoves', 4400, 31],
      ['how to dry firewood', 3600, 26],
      ['firewood moisture meter', 1900, 28],
      ['how long does oak take to season', 2900, 20],
    ],
  },
  {
    name: null,
    keywords: [
      ['wood stove glass cleaning', 1600, 17],
      ['stove fan worth it', 1300, 21],
      ['how to light a stove top down', 880, 12],
      ['chimney sweep cost', 6600, 40],
      ['stove installation price', 5400, 44],
    ],
  },
];
