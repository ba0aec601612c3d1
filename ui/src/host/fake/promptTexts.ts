/** The prompts that come with the app, as the host in memory has them: the kinds and settings of the real ones, shorter words. */
import type { AiFunctionView } from '../contract';

export type PromptKind = { kind: string; function: AiFunctionView; variables: readonly string[]; builtIn: string };

const EXAMPLES: Readonly<Record<string, string>> = {
  site_name: 'Field Notes',
  language: 'en',
  tone: 'friendly',
  word_count: '1500',
  content_type: 'post',
  content_structure: 'guide',
  intent: 'informational',
  author_name: 'Ada Moor',
  author_bio: 'Has repaired boots for twenty years.',
  author_voice: 'Short sentences, dry humour, no superlatives.',
  images_max: '2',
  brand_color: '#4453c7',
};

const OF_ARTICLES = [
  'site_name',
  'language',
  'tone',
  'word_count',
  'content_type',
  'content_structure',
  'intent',
  'author_name',
  'author_bio',
  'author_voice',
] as const;

const STRUCTURES: Readonly<Record<string, string>> = {
  article: 'It is an article: open with why it matters, give each section one point, close with what to do next.',
  guide: 'It is a guide: say what the reader needs first, then numbered steps, each with how to tell that it worked.',
  comparison: 'It is a comparison: judge all sides by the same criteria and put them into one table.',
  review: 'It is a review: what was looked at, strengths, weaknesses, for whom, and a verdict.',
  listicle: 'It is a list: one numbered heading for each entry, each with what sets it apart.',
  landing_page: 'It is a landing page: one offer, its use in the first sentence, one action.',
  business_page: 'It is a page about a business: who they are, what they do, how to reach them.',
  service_page: 'It is a page about a service: what is done, how it goes, what the customer has afterwards.',
  general: 'It is a page: say at once what it is about, and give each thing a section of its own.',
  cluster_hub: 'It is an overview of a topic that leads on to the related articles.',
  product_page: 'It is a product page: what it is for, what it has, what comes with it.',
  category_archive: 'It introduces a category: what belongs here and how to choose.',
  tag_archive: 'It introduces a tag: what the articles under it share, and where to begin.',
  attribute_archive: 'It introduces things that share an attribute, and when it is worth having.',
};

export const PROMPT_KINDS: readonly PromptKind[] = [
  {
    kind: 'clustering',
    function: 'auto_cluster',
    variables: ['site_name', 'language'],
    builtIn:
      'Group the keywords into clusters that one article each can answer.\nLeave out keywords that fit nowhere. No keyword stands in two clusters.',
  },
  {
    kind: 'ideas',
    function: 'generate_ideas',
    variables: ['site_name', 'language', 'tone', 'word_count', 'author_name', 'author_bio'],
    builtIn: 'For each cluster propose one to three article ideas.\nWrite them in the language {{ language }}.',
  },
  {
    kind: 'content',
    function: 'generate_content',
    variables: OF_ARTICLES,
    builtIn:
      'Write the article in the language {{ language }}, of {{ word_count }} words.\n{% if tone %}\nThe tone is {{ tone }}.\n{% endif %}\nState no fact you are not sure of.',
  },
  ...Object.entries(STRUCTURES).map(([structure, builtIn]) => ({
    kind: `content_${structure}`,
    function: 'generate_content' as const,
    variables: OF_ARTICLES,
    builtIn,
  })),
  {
    kind: 'image_prompts',
    function: 'generate_image_prompts',
    variables: ['site_name', 'language', 'images_max'],
    builtIn: 'Describe one featured image and up to {{ images_max }} images inside the text.',
  },
  {
    kind: 'image_featured',
    function: 'generate_images',
    variables: ['site_name', 'brand_color'],
    builtIn: 'A wide picture for the top of an article, natural light, no words.',
  },
  {
    kind: 'image_in_article',
    function: 'generate_images',
    variables: ['site_name', 'brand_color'],
    builtIn: 'A picture that explains one section of an article, plain background, no words.',
  },
  {
    kind: 'image_negative',
    function: 'generate_images',
    variables: ['site_name', 'brand_color'],
    builtIn: 'text, letters, watermark, logo, frame, blur',
  },
];

export function exampleOf(variable: string): string {
  return EXAMPLES[variable] ?? '';
}
