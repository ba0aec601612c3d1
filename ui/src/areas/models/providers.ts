/** Providers most people ask, with the address and the interface of each, all interfaces there are, and verdicts. */
import type { ProviderTest } from '../../host';
import type { Tone } from '../../kit/tone';

type Preset = { name: string; label: string; url: string; dialect?: string };

/** An interface is named where the address does not tell it. */
export const PROVIDERS: readonly Preset[] = [
  { name: 'openai', label: 'OpenAI', url: 'https://api.openai.com/v1' },
  { name: 'anthropic', label: 'Anthropic', url: 'https://api.anthropic.com' },
  { name: 'google', label: 'Google', url: 'https://generativelanguage.googleapis.com' },
  { name: 'deepseek', label: 'DeepSeek', url: 'https://api.deepseek.com/v1' },
  { name: 'mistral', label: 'Mistral', url: 'https://api.mistral.ai/v1' },
  { name: 'x-ai', label: 'xAI', url: 'https://api.x.ai/v1' },
  { name: 'openrouter', label: 'OpenRouter', url: 'https://openrouter.ai/api/v1' },
  { name: 'runware', label: 'Runware', url: 'https://api.runware.ai/v1' },
  { name: 'bria', label: 'Bria', url: 'https://engine.prod.bria-api.com/v2' },
  { name: 'ollama', label: 'Ollama on this computer', url: 'http://127.0.0.1:11434', dialect: 'ollama' },
];

export const DIALECTS = [
  { value: 'openai', label: 'OpenAI' },
  { value: 'anthropic', label: 'Anthropic' },
  { value: 'gemini', label: 'Google Gemini' },
  { value: 'ollama', label: 'Ollama' },
  { value: 'runware', label: 'Runware' },
  { value: 'bria', label: 'Bria' },
] as const;

/** What an interface is called on the screen. */
export function dialectLabel(dialect: string): string {
  return DIALECTS.find(({ value }) => value === dialect)?.label ?? dialect;
}

/** How a verdict looks: what a person must mend is red, what passes by itself is not. */
export function toneOf(verdict: ProviderTest['verdict']): Tone {
  switch (verdict) {
    case 'right':
      return 'success';
    case 'busy':
    case 'silent':
      return 'warning';
    case 'wrong_key':
    case 'not_allowed':
    case 'no_key':
    case 'unreachable':
    case 'out_of_money':
    case 'stranger':
      return 'danger';
  }
}
