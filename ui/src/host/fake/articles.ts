/** Articles in memory: an outline written from an idea, and its HTML with the pictures in place. */
import type { FakeContent, FakeIdea, FakeSection, FakeTask } from './data';

/** An outline draft of a task, as the built-in engine makes one. */
export function contentOf(task: FakeTask, idea: FakeIdea | undefined, id: string, at: string): FakeContent {
  const keywords = idea?.keywords ?? [];
  return {
    id,
    sectorId: task.sectorId,
    clusterId: task.clusterId,
    title: task.title,
    slug: slugOf(task.title),
    excerpt: 'What matters, what does not, and what to do first, in the order the questions come up.',
    metaTitle: task.title.slice(0, 60),
    metaDescription: `${task.title}. What matters, common mistakes, and what to do next.`,
    keywords,
    tags: keywords.slice(0, 3),
    categories: ['Guides'],
    contentType: idea?.contentType ?? 'post',
    contentStructure: task.contentStructure,
    isOutline: true,
    sections: sections(),
    images: [],
    status: 'draft',
    delivery: 'not_published',
    receipt: null,
    failure: null,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}

function sections(): FakeSection[] {
  return [
    {
      heading: 'What it comes down to',
      paragraphs: [
        'Most questions come down to three: what it is for, what it costs in time, and how to tell that it worked.',
        'Start with the one you can check today, and write down what you see. The rest becomes easier once there is something to compare with.',
      ],
    },
    {
      heading: 'What to look at first',
      paragraphs: [
        'Look at what you already have before you add anything. Half of what people buy replaces something that only needed care.',
      ],
      points: [
        'What is there, and in which state.',
        'What a neighbour does differently, and why.',
        'What can wait until next year.',
      ],
    },
    {
      heading: 'Common mistakes',
      paragraphs: [
        'The usual mistake is doing everything at once. Change one thing, wait, and look again.',
        'The second is to trust the calendar more than what is in front of you.',
      ],
    },
    {
      heading: 'Questions and answers',
      paragraphs: [
        'How long does it take? Longer than the first result suggests, and less than it feels like on a bad day.',
      ],
      link: { href: 'https://www.rhs.org.uk/advice', text: 'Advice of the Royal Horticultural Society' },
    },
  ];
}

/** The sanitised HTML of an article, its pictures under their headings. */
export function articleHtml({ sections, images, excerpt }: FakeContent): string {
  const body = sections.map(({ heading, paragraphs, points = [], link }) => {
    const image = images.find((slot) => slot.heading === heading && slot.media !== null);
    const figure =
      image === undefined
        ? ''
        : `<figure><img src="${image.media}" alt="${escaped(image.alt)}" width="1200" height="675"></figure>`;
    const text = paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('');
    const list = points.length === 0 ? '' : `<ul>${points.map((point) => `<li>${escaped(point)}</li>`).join('')}</ul>`;
    const more =
      link === undefined ? '' : `<p><a href="${link.href}" rel="noopener noreferrer">${escaped(link.text)}</a></p>`;
    return `<h2>${escaped(heading)}</h2>${figure}${text}${list}${more}`;
  });
  return `<p>${escaped(excerpt)}</p>${body.join('')}`;
}

/** The text of an outline as a model writes it. */
export function articleMarkdown(): string {
  const parts = sections().map(({ heading, paragraphs, points = [] }) =>
    [`## ${heading}`, ...paragraphs, points.map((point) => `- ${point}`).join('\n')].filter(Boolean).join('\n\n'),
  );
  return parts.join('\n\n');
}

export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
